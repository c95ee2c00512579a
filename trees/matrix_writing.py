"""Write a matrix of characters as NEXUS or TNT, so that other programs, and Bonebed, read back every cell, name and state.

References
----------
Maddison, D. R., Swofford, D. L. and Maddison, W. P. 1997. NEXUS: an extensible file format for systematic information. Systematic
Biology 46: 590-621. doi:10.1093/sysbio/46.4.590
Goloboff, P. A. and Catalano, S. A. 2016. TNT version 1.5, including a full implementation of phylogenetic morphometrics. Cladistics 32:
221-238. doi:10.1111/cla.12160
"""

import re

from trees.matrices import Character, Matrix, states

_PLAIN = re.compile(r"[A-Za-z0-9_.]+")


def write_nexus_matrix(matrix: Matrix) -> str:
    """A matrix as NEXUS, with names, states and which characters are ordered."""
    symbols = " ".join(symbols_of(matrix))
    ordered = [str(number) for number, character in enumerate(matrix.characters, 1) if character.ordered]
    kind = "CONTINUOUS" if matrix.continuous else f'STANDARD SYMBOLS="{symbols}"'
    rows = [f"    {_quoted(taxon)}  {_nexus_row(matrix, number)}" for number, taxon in enumerate(matrix.taxa)]
    labels = _labels(matrix)
    lines = [
        "#NEXUS",
        "BEGIN DATA;",
        *([f"  TITLE {_quoted(matrix.title)};"] if matrix.title else []),
        f"  DIMENSIONS NTAX={len(matrix.taxa)} NCHAR={len(matrix.characters)};",
        f"  FORMAT DATATYPE={kind} MISSING=? GAP=-;",
        *(["  CHARSTATELABELS", ",\n".join(labels) + ";"] if labels else []),
        "  MATRIX",
        *rows,
        "  ;",
        "END;",
    ]
    if ordered:
        lines += ["BEGIN ASSUMPTIONS;", f"  TYPESET * ours = ord: {' '.join(ordered)};", "END;"]
    return "\n".join(lines) + "\n"


def write_tnt_matrix(matrix: Matrix) -> str:
    """A matrix as TNT; where several states occur side by side and where it is not known which, TNT writes alike."""
    rows = [f"{_underscored(taxon)} {_tnt_row(matrix, number)}" for number, taxon in enumerate(matrix.taxa)]
    head = ["nstates cont;"] if matrix.continuous else []
    title = f"'{matrix.title.replace(chr(39), ' ')}'" if matrix.title else ""
    lines = [*head, "xread", *([title] if title else []), f"{len(matrix.characters)} {len(matrix.taxa)}"]
    lines += [*(["&[cont]"] if matrix.continuous else []), *rows, ";"]
    ordered = [str(number) for number, character in enumerate(matrix.characters) if character.ordered]
    if ordered:
        lines.append(f"ccode + {' '.join(ordered)};")
    if any(character.name for character in matrix.characters):
        lines += ["cnames", *(_cname(number, one) for number, one in enumerate(matrix.characters)), ";"]
    return "\n".join([*lines, "proc /;"]) + "\n"


def symbols_of(matrix: Matrix) -> list[str]:
    """The states of a matrix in their order: those of its cells, and those that have words."""
    found = {symbol for row in matrix.cells for cell in row for symbol in states(cell)}
    found |= {symbol for character in matrix.characters for symbol in character.states}
    return sorted(found) or ["0", "1"]


def _labels(matrix: Matrix) -> list[str]:
    symbols = symbols_of(matrix)
    found = []
    for number, character in enumerate(matrix.characters, 1):
        if not character.name and not character.states:
            continue
        last = max((symbols.index(symbol) for symbol in character.states), default=-1)
        words = [_quoted(character.states.get(symbol, "") or "_") for symbol in symbols[: last + 1]]
        found.append(f"    {number} {_quoted(character.name)}" + (f" / {' '.join(words)}" if words else ""))
    return found


def _nexus_row(matrix: Matrix, number: int) -> str:
    return (" " if matrix.continuous else "").join(matrix.cells[number])


def _tnt_row(matrix: Matrix, number: int) -> str:
    if matrix.continuous:
        return " ".join(matrix.cells[number])
    return "".join(f"[{''.join(sorted(states(cell)))}]" if len(cell) > 1 else cell for cell in matrix.cells[number])


def _cname(number: int, character: Character) -> str:
    last = max((int(symbol) for symbol in character.states if symbol.isdigit()), default=-1)
    words = [_underscored(character.states.get(str(symbol), "")) or "_" for symbol in range(last + 1)]
    return "{" + " ".join([str(number), _underscored(character.name) or f"character_{number + 1}", *words]) + ";"


def _underscored(name: str) -> str:
    """TNT ends a word at a blank, and a command at a semicolon."""
    return re.sub(r"[\s;{}]+", "_", name.strip())


def _quoted(name: str) -> str:
    if not name:
        return "''"
    return name if _PLAIN.fullmatch(name) and "_" not in name else "'" + name.replace("'", "''") + "'"
