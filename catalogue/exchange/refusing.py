"""Refusing a row in words: what all ways of judging rows say alike."""

from catalogue.checking import check
from catalogue.exchange.formats import Drafted, Format, RefusedRow
from catalogue.exchange.out.terms import term
from catalogue.exchange.outcomes import RowOutcome
from catalogue.exchange.reading import Row
from catalogue.messages import Message, Problem, message

_HANG_ON_THE_KIND = frozenset({"catalog_number", "locality"})
"""What a specimen of a museum needs and a published find does not."""
ALWAYS_NEEDED = _HANG_ON_THE_KIND | {"verbatim_identification", "basis_of_record", "earliest_interval"}
"""What no record can do without, of whatever kind it is."""


def refused(row: Row, refusal: RefusedRow, key: str = "", name: str = "") -> RowOutcome:
    """A row that is rejected."""
    return RowOutcome(row.number, "rejected", key, name, refusal.message, refusal.summary)


def surplus(row: Row) -> RefusedRow:
    """Why a row with more cells than there are headings is not taken."""
    return RefusedRow(
        message(
            "The row has {count} more cells than there are headings. A comma too many?",
            count=sum(bool(cell.strip()) for cell in row.surplus),
        ),
        message("The row has more cells than there are headings. A comma too many?"),
    )


def invalid(of: Format, row: Row, draft: Drafted, problems: list[Problem]) -> RefusedRow:
    """Why a draft is not taken: all its problems, each with the column from which it comes."""
    cells = row.cells
    reasons = [_in_column(of, problem, cells) for problem in _of_the_row(draft, problems)]
    whole = reasons[0]
    for reason in reasons[1:]:
        whole = message("{reason} {further}", reason=whole, further=reason)
    return RefusedRow(whole, reasons[0])


def alone(of: Format, row: Row, draft: Drafted) -> RefusedRow | None:
    """Why a row could not make a record by itself, whatever the catalogue holds; None when it could."""
    if (lacks := lacking(draft)) is not None:
        return lacks
    problems = check({**draft.defaults, **draft}).problems
    return invalid(of, row, draft, problems) if problems else None


def lacking(draft: Drafted) -> RefusedRow | None:
    """What a draft lacks to make a new record."""
    return None if draft.get("earliest_interval") else draft.refused_if_new


def _in_column(of: Format, problem: Problem, cells: dict[str, str]) -> Message:
    column = of.column_of(problem.field, cells)
    if not column and "." in problem.field:  # of an entry of a list: absolute_ages.0.age_ma
        listed, _, field = problem.field.split(".", 2)
        column = f"{term(listed)}, {term(field)}"
    return message("{column}: {problem}", column=column, problem=problem.message) if column else problem.message


def _of_the_row(draft: Drafted, problems: list[Problem]) -> list[Problem]:
    """The problems of a row, without those that come only of the kind of record that is there; all, where it has no others."""
    own = check({**draft.defaults, **draft}).problems
    kept = [each for each in problems if each in own or each.field not in _HANG_ON_THE_KIND] if own else []
    return kept or problems
