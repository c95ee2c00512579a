"""The labels of a specimen's page that show what it has many of; nothing is shown where nothing is known.

All text is escaped here.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from html import escape
from typing import Any

from sqlalchemy import Connection

from catalogue import lending, relations
from catalogue.facts import cite
from catalogue.lending import Accession, Loan
from catalogue.parts import (
    FOR_STAFF,
    AbsoluteAge,
    Citation,
    ConditionReport,
    Identification,
    OtherNumber,
    Parts,
    Piece,
    Relation,
    StoragePlace,
)
from catalogue.records import Measurement, Specimen
from catalogue.relations import Panel
from screens import navigation
from screens.parts import who
from screens.parts.cards import kind_words, name_html
from screens.parts.part_words import ACCESSIONS, CHOICES, LISTS
from screens.parts.vocabulary import word
from screens.parts.web_links import linked
from screens.words import _, language, several

Line = tuple[str, str]
"""What stands left on a label, and what right; the right one may have lines of its own."""


def line(part: Any) -> Line:
    """One part in words: its name, and what is known of it, the rest on lines of their own."""
    name, said, *more = _words_of(part)
    return name, "\n".join([said, *(text for text in more if text)] if said else [text for text in more if text])


def _words_of(part: Any) -> Sequence[str]:
    match part:
        case Measurement():
            return _statement(part)
        case Identification():
            return _identification(part)
        case Piece():
            what = _joined(part.piece_count and f"× {part.piece_count}", part.preparations)
            side = word("side", part.side)
            worked = _joined(part.prepared_by, part.date_prepared)
            return (
                _joined(word("element", part.element), side),
                what,
                _joined(part.catalog_number),
                worked,
                part.remarks,
            )
        case Citation():
            role = word("citation_role", part.citation_role)
            found = _joined(part.pages, f"doi:{part.doi}" if part.doi else "")
            return role, cite(part.bibliographic_citation), found, part.remarks
        case OtherNumber():
            return (
                part.number_kind or _("Number"),
                _joined(part.institution_code, part.other_catalog_number),
                part.remarks,
            )
        case AbsoluteAge():
            return _measured_age(part)
        case StoragePlace():
            since = _("since {date}").format(date=part.since) if part.since else ""
            return part.what or _("The whole specimen"), part.storage_location, since, part.remarks
        case ConditionReport():
            return _condition(part)
        case Relation():
            kind = _choice("relationship_of_resource", part.relationship_of_resource)
            return kind, part.related_resource or part.related_occurrence_id, part.relationship_remarks
    raise TypeError(part)


def _joined(*texts: str) -> str:
    return ("，" if language() == "zh" else ", ").join(text for text in texts if text)


def _choice(field: str, choice: str) -> str:
    return _(CHOICES[field][choice]) if choice in CHOICES[field] and choice else choice


def _statement(part: Measurement) -> Sequence[str]:
    value, unit = part.text("measurement_value", language()), part.text("measurement_unit", language())
    said = " ".join(text for text in (value, unit) if text)
    remarks = part.text("measurement_remarks", language())
    return (
        part.text("measurement_type", language()),
        said,
        part.measurement_accuracy,
        part.text("measurement_method", language()),
        remarks,
    )


def _identification(part: Identification) -> Sequence[str]:
    given = _joined(part.identified_by, part.date_identified)
    status = word("type_status", part.type_status)
    return (
        part.verbatim_identification,
        given,
        part.identification_remarks,
        cite(part.identification_references) if part.identification_references else "",
        status,
    )


def _measured_age(part: AbsoluteAge) -> Sequence[str]:
    error = f" ± {part.error_ma:g}" if part.error_ma is not None else ""
    meaning = f" ({part.error_meaning})" if part.error_meaning else ""
    source = cite(part.reference) if part.reference else ""
    how = _joined(part.dating_method, part.material_dated)
    return _("Measured age"), f"{part.age_ma:g}{error} Ma{meaning}", how, source, part.remarks


def _condition(part: ConditionReport) -> Sequence[str]:
    again = _("look again by {date}").format(date=part.next_check_due) if part.next_check_due else ""
    return part.checked_on, part.condition, part.treatment, part.checked_by, again, part.remarks


def _reports(reports: Sequence[ConditionReport]) -> list[Line]:
    """The condition reports; the latest says when the next look is overdue."""
    latest = max((report.checked_on for report in reports), default="")
    lines = []
    for report in reports:
        (day, told), due = line(report), report.next_check_due
        if report.checked_on == latest and due and due < today().isoformat():
            told = f"{told}\n{late(due, today())}"
        lines.append((day, told))
    return lines


def panels(connection: Connection, specimen: Specimen, parts: Parts, names: Sequence[str]) -> str:
    """The labels of some lists, as HTML; a person who may change the record finds a link on each."""
    made = {
        "relations": lambda: _company(relations.panel(connection, specimen.occurrence_id, who=who.who())),
        "identifications": lambda: _lines(_former(parts["identifications"])),
        "condition_reports": lambda: _lines(_reports(parts["condition_reports"])),
    }
    return "".join(
        label(name, specimen, made[name]() if name in made else _lines([line(one) for one in parts[name]]))
        for name in names
        if name not in FOR_STAFF or who.may("see_storage")
    )


def label(name: str, specimen: Specimen, body: str) -> str:
    """One label with its title and, for who may, the link to change it; blank when there is nothing in it."""
    if not body:
        return ""
    link = ""
    if who.may("amend"):
        address = escape(navigation.href("lists", id=specimen.occurrence_id, list=name))
        word = escape(_("change"))
        link = f'<a class="label-change" href="{address}" target="_self">{word}</a>'
    title = escape(_(LISTS[name].title))
    return f'<section class="label">{link}<h3>{title}</h3>{body}</section>'


def _lines(lines: Sequence[Line]) -> str:
    terms = "".join(f"<dt>{escape(name)}</dt><dd>{linked(text)}</dd>" for name, text in lines)
    return f"<dl>{terms}</dl>" if terms else ""


def _former(names: Sequence[Identification]) -> list[Line]:
    return [line(one) for one in names]


def _company(panel: Panel) -> str:
    removed, through = _("removed from the catalogue"), escape(_("and, through these,"))
    terms = "".join(
        f"<dt>{escape(_choice('relationship_of_resource', one.kind))}</dt>"
        f"<dd>{_other(one.specimen, one.text or one.occurrence_id)}"
        f"{_small(removed) if one.occurrence_id and one.specimen is None else ''}"
        f"{_small(one.remarks)}</dd>"
        for one in panel.direct
    )
    if panel.through_others:
        others = "<br>".join(_other(one, "") for one in panel.through_others)
        terms += f"<dt>{through}</dt><dd>{others}</dd>"
    return f"<dl>{terms}</dl>" if terms else ""


def _other(specimen: Specimen | None, text: str) -> str:
    if specimen is None:
        return escape(text)
    address = escape(navigation.href("specimen", id=specimen.occurrence_id))
    return f'<a href="{address}" target="_self"><u>{escape(kind_words(specimen))}</u> {name_html(specimen)}</a>'


def _small(text: str) -> str:
    return f"<br><small>{escape(text)}</small>" if text else ""


def keeping(connection: Connection, specimen: Specimen) -> str:
    """For the staff: on which loan it is or was, and how it came into the collection."""
    if not who.may("see_storage"):
        return ""
    loans = lending.of_specimen(connection, "loan", specimen.occurrence_id, who=who.who())
    accessions = lending.of_specimen(connection, "accession", specimen.occurrence_id, who=who.who())
    body = "".join(map(_loan, loans)) + "".join(map(_accession, accessions))
    title = escape(_("Loans and accessions"))
    return f'<section class="label"><h3>{title}</h3><dl>{body}</dl></section>' if body else ""


def _loan(loan: Loan) -> str:
    number = escape(_("Loan {number}").format(number=loan.number))
    return f"<dt>{number}</dt><dd>{escape(loan.borrower)} {status_html(loan)}</dd>"


def status_html(loan: Loan) -> str:
    """The state of a loan as a small label; what is overdue is in words and in red."""
    state = "late" if loan.is_overdue(today()) else "back" if loan.returned else "out"
    return f'<span class="status {state}">{escape(loan_status(loan, today()))}</span>'


def loan_status(loan: Loan, today: date) -> str:
    """What is to be known of a loan at a glance: out, overdue and for how long, or back."""
    if loan.returned:
        return _("came back on {date}").format(date=loan.returned)
    if loan.is_overdue(today):
        return late(loan.due, today)
    return _("out, due on {date}").format(date=loan.due)


def late(due: str, today: date) -> str:
    """ "overdue since 2026-09-01, 14 days"."""
    days = (today - date.fromisoformat(due)).days
    return _("overdue since {date}: {days}").format(date=due, days=several("{n} day", "{n} days", days))


def today() -> date:
    """The day of today on the server, in UTC."""
    return datetime.now(UTC).date()


def _accession(one: Accession) -> str:
    kind = _(ACCESSIONS[one.accession_kind]) if one.accession_kind in ACCESSIONS and one.accession_kind else ""
    number = escape(_("Accession {number}").format(number=one.number))
    return f"<dt>{number}</dt><dd>{escape(_joined(kind, one.received_from, one.received_on))}</dd>"
