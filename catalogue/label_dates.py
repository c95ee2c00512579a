"""Days as labels have them, year first, in the way the catalogue writes them: 2024年5月6日 and 2024.5.6 are 2024-05-06.

Only what can be read in one way is read: "5/6/2024" is a day in May for some and in June for others.
"""

import re
from datetime import date

_WRITTEN = re.compile(
    r"\s*(?P<year>\d{4})\s*(?:年|[./-])?\s*(?:(?P<month>\d{1,2})\s*(?:月|[./-])?\s*(?:(?P<day>\d{1,2})\s*[日号]?)?)?\s*"
)


def iso_day(written: str) -> str:
    """A year, month or day as ISO 8601 has it; blank when the text is none, or could be read in more than one way.

    Parameters
    ----------
    written : str
        What stands on the label, such as ``2024年5月``.
    """
    found = _WRITTEN.fullmatch(written)
    if found is None or found["year"] + (found["month"] or "") == written.strip() != found["year"]:
        return ""
    year, month, day = (int(part or 0) for part in found.group("year", "month", "day"))
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return ""
    return "-".join([f"{year:04}", *(f"{part:02}" for part in (month, day) if part)])
