"""How much of a file is read before it is refused: what a stranger's file may cost in memory and time."""

MOST_COLUMNS = 2_000
"""Headings of a table; the widest download of GBIF has some 250."""
MOST_ROWS = 5_000_000
MOST_ROWS_OF_A_SHEET = 2**20
"""What the spreadsheets of our day hold."""
MOST_BLANK_ROWS = 100_000
"""Blank rows on end in a workbook, after which nothing more is expected."""
LONGEST_CELL = 1_000_000
"""Characters."""
LONGEST_LINE = 16_000_000
"""Characters between two line ends; the widest table with long remarks in each cell stays below."""
LARGEST_UNPACKED = 2 * 2**30
"""Bytes that all files of an archive may have together."""
LARGEST_PART = 256 * 2**20
"""Bytes of one file that is kept in memory as a whole: a workbook's shared texts, a table of an extension."""
LARGEST_IN_MEMORY = 512 * 2**20
"""Bytes of a file on the disk that cannot be read piece by piece; tables of text can, and may be of any size."""
LARGEST_JSON = 64 * 2**20
"""Bytes of a JSON file, which needs about ten times as much memory while it is read."""
MOST_FILES = 5_000
"""Files in an archive."""
HIGHEST_RATIO = 400
"""How many times larger than its packed form a file of an archive may be, beyond the first `SMALL` bytes; tables reach 50."""
SMALL = 32 * 2**20
