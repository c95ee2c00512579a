"""Read a table of measurements and traits, a line for each taxon: ``taxon, log10_mass, clade``.

Columns of numbers become continuous characters, columns of words discrete ones, so that both can be traced along a tree. A blank or ``NA`` is
not known.
"""

from collections.abc import Sequence

from catalogue.messages import Message, message
from trees.matrices import MISSING, Character, Matrix
from trees.reading.ages import parted_rows, taxon_column
from trees.reading.outcomes import ReadFile

_SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BLANK = frozenset({"", "NA", "?", "n/a", "NaN"})


def is_table_of_traits(text: str) -> bool:
    """Whether a text is a table with a column of taxa and at least one of numbers."""
    rows = _table(text[:20_000])
    return len(rows) > 2 and taxon_column(rows[0]) == 0 and any(_is_numeric(column) for column in _columns(rows))


def read_traits(text: str) -> ReadFile:
    """Read a table of traits; what is left out is named by its column or row."""
    rows = _table(text)
    mended: list[Message] = []
    lost: list[Message] = []
    taxa: dict[str, Sequence[str]] = {}
    for number, row in enumerate(rows[1:], 2):
        taxon = " ".join(row[0].replace("_", " ").split())
        if not taxon or taxon in taxa:
            lost.append(message("Row {number}: there is no taxon, or it stands in the table already.", number=number))
        else:
            taxa[taxon] = row
    columns = _columns([rows[0], *taxa.values()])
    names = [heading or str(at) for at, heading in enumerate(rows[0][1:], 1)]
    numeric = [at for at, column in enumerate(columns) if _is_numeric(column)]
    matrices = [_measured(taxa, columns, names, numeric)] if numeric else []
    worded: list[int] = []
    for at, column in enumerate(columns):
        if at in numeric or not set(column) - _BLANK:
            continue
        if len(set(column) - _BLANK) > len(_SYMBOLS):
            lost.append(message("The column {name} has too many different words to be a character.", name=names[at]))
        else:
            worded.append(at)
    if worded:
        matrices.append(_worded(taxa, columns, names, worded))
    return ReadFile("table of traits", matrices=tuple(matrices), mended=tuple(mended), lost=tuple(lost))


def _table(text: str) -> list[list[str]]:
    """The rows, each as long as the headings; R leaves the heading of the names away."""
    rows = [[cell.strip().strip('"').strip() for cell in row] for row in parted_rows(text)]
    rows = [row for row in rows if any(row)]
    if len(rows) > 1 and len(rows[1]) == len(rows[0]) + 1:
        rows[0].insert(0, "")
    width = len(rows[0]) if rows else 0
    return [(row + [""] * width)[:width] for row in rows]


def _columns(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    return list(zip(*(row[1:] for row in rows[1:]), strict=True))


def _is_numeric(column: Sequence[str]) -> bool:
    written = [cell for cell in column if cell not in _BLANK]
    return bool(written) and all(map(_is_number, written))


def _is_number(written: str) -> bool:
    try:
        float(written.replace(",", "."))
    except ValueError:
        return False
    return True


def _measured(
    taxa: dict[str, Sequence[str]], columns: Sequence[Sequence[str]], names: Sequence[str], wanted: Sequence[int]
) -> Matrix:
    chosen = [[MISSING if cell in _BLANK else cell.replace(",", ".") for cell in columns[at]] for at in wanted]
    return Matrix(
        tuple(taxa),
        tuple(zip(*chosen, strict=True)),
        tuple(Character(names[at]) for at in wanted),
        continuous=True,
    )


def _worded(
    taxa: dict[str, Sequence[str]], columns: Sequence[Sequence[str]], names: Sequence[str], wanted: Sequence[int]
) -> Matrix:
    symbols = [dict(zip(sorted(set(columns[at]) - _BLANK), _SYMBOLS, strict=False)) for at in wanted]
    chosen = [[known.get(cell, MISSING) for cell in columns[at]] for at, known in zip(wanted, symbols, strict=True)]
    characters = [
        Character(names[at], {sign: word for word, sign in known.items()})
        for at, known in zip(wanted, symbols, strict=True)
    ]
    return Matrix(tuple(taxa), tuple(zip(*chosen, strict=True)), tuple(characters))
