"""Hostile texts and numbers: each is refused with its reason, or kept and given back exactly; nothing else ever happens."""

import csv
import io
import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from catalogue import history, specimens, undoing
from catalogue.checking import LONGEST_KEY, LONGEST_TEXT, InvalidDraft, check
from catalogue.database import writing
from catalogue.exchange.out.csv_file import csv_lines
from catalogue.exchange.out.found import of_specimens
from catalogue.geological_time import timescale
from catalogue.names import UnreadableName, parse_name
from catalogue.records import Measurement, Specimen
from catalogue.rights import THIS_COMPUTER
from catalogue.searching.query import Query
from catalogue.searching.words import search_text, words
from catalogue.vocabularies.places import KINDS, OF_RECORDS
from tests.thoroughness import often

DRAFT: dict[str, object] = {
    "catalog_number": "H 1",
    "verbatim_identification": "Lufengosaurus huenei",
    "earliest_interval": "Hettangian",
    "locality": "Dawa",
}
CLOSED = {name for name, vocabulary in OF_RECORDS.items() if KINDS[vocabulary].closed}
KEPT_AS_TYPED = sorted(
    {field.name for field in fields(Specimen) if field.type is str}
    - {"created", "modified", "basis_of_record", "occurrence_id", "country_code", "timescale"}
    - {"verbatim_identification", "earliest_interval", "latest_interval"}
    - history.DERIVED
    - {name for name in (field.name for field in fields(Specimen)) if "date" in name}
    - {"site_withheld"}
    - CLOSED
)
"""Fields in which any text may stand that can be shown."""
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "@SUM(1)",
    "{0.__class__}",
    "{value}",
    "%s%n",
    "'; DROP TABLE specimens; --",
    '" OR "a"*',
    "NEAR(a b)",
    "\u202egnp.exe",
    "\u2066\u2067 left and right \u2069",
    "e" + "\u0301" * 500,
    "👩‍👩‍👧‍👦🦖",
    "\ufeffBOM",
    "\u2028\u2029\u0085",
    "禄丰" * 900,
    "ﷺ" * 300,
    "İıſK",
    "\ufffe\uffff",
    "\U0010ffff",
    "a\x00b",
    "\x1b[31m",
    "\ud800",
    "a\udfffb",
    "\\",
    "nan",
    "inf",
    "1e999",
    "٢٥",
    "1_0",
    "null",
    "zero\u200bwidth",
    "line\r\nline\ttab",
]
ANY_TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.builds("{}{}".format, st.sampled_from(HOSTILE), st.text(max_size=10)),
)
QUICK = settings(max_examples=often(40), suppress_health_check=[HealthCheck.function_scoped_fixture])


def can_be_shown(text: str) -> bool:
    """Neither control characters, but for tab and line ends, nor halves of surrogate pairs."""
    return not any((ord(c) < 32 and c not in "\t\n\r") or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in text)


@contextmanager
def trial(database: Engine) -> Iterator[Connection]:
    """A connection whose writing is taken back, so that each example begins alike."""
    with writing(database) as connection:
        attempt = connection.begin_nested()
        yield connection
        attempt.rollback()


@QUICK
@given(st.dictionaries(st.sampled_from(KEPT_AS_TYPED), ANY_TEXT, min_size=1, max_size=4))
def test_texts_are_refused_or_given_back_exactly(database: Engine, texts: dict[str, str]) -> None:
    with trial(database) as connection:
        try:
            key = specimens.add(connection, THIS_COMPUTER, DRAFT | texts).occurrence_id
        except InvalidDraft as refusal:
            assert {problem.field for problem in refusal.problems} <= texts.keys()
            assert any(
                not can_be_shown(text.strip()) or len(text.strip()) > LONGEST_KEY or not text.strip()
                for text in texts.values()
            )
            assert specimens.count(connection) == 0
            return
        found = specimens.get(connection, key)
        for name, text in texts.items():
            given_back = getattr(found, name)
            assert given_back == text.strip() or (not text.strip() and name == "scientific_name_authorship")


@QUICK
@given(st.sampled_from(KEPT_AS_TYPED), st.lists(ANY_TEXT, min_size=1, max_size=3))
def test_history_gives_every_version_back(database: Engine, name: str, texts: list[str]) -> None:
    with trial(database) as connection:
        record = specimens.add(connection, THIS_COMPUTER, DRAFT)
        key = record.occurrence_id
        held = [specimens.held_by(connection, record)]
        for text in texts:
            try:
                record = specimens.amend(connection, THIS_COMPUTER, key, {name: text}, version=record.version, why=text)
            except InvalidDraft:
                continue
            if record.version > len(held):
                held.append(specimens.held_by(connection, record))
        past = history.of_record(connection, key)
        assert [history.state_at(held[-1], past, version) for version in range(1, len(held) + 1)] == held
        for edit in [edit for edit in history.edits_of(connection) if edit.kind == "amend"]:
            undoing.undo(connection, THIS_COMPUTER, edit.id)
        assert specimens.held_by(connection, specimens.get(connection, key)) == held[0]


@QUICK
@given(ANY_TEXT, ANY_TEXT)
def test_statements_and_translations_are_refused_or_given_back(database: Engine, value: str, chinese: str) -> None:
    with trial(database) as connection:
        record = specimens.add(connection, THIS_COMPUTER, DRAFT)
        about = [Measurement(record.occurrence_id, "body mass", value, measurement_remarks=chinese)]
        draft = {"statements": about, "translations": {"zh": {"locality": chinese}}}
        try:
            after = specimens.amend(connection, THIS_COMPUTER, record.occurrence_id, draft, version=1)
        except InvalidDraft:
            assert not can_be_shown(value.strip()) or not can_be_shown(chinese) or not value.strip()
            return
        (kept,) = specimens.statements(connection, record.occurrence_id)
        assert (kept.measurement_value, kept.measurement_remarks) == (value.strip(), chinese.strip())
        assert specimens.get(connection, record.occurrence_id).translations == after.translations


@pytest.mark.parametrize("translations", ["zh", ["zh"], {"zh": "禄丰"}, {"zh": None}, 5])
def test_translations_of_another_shape_are_refused(connection: Connection, translations: object) -> None:
    with pytest.raises(InvalidDraft) as refusal:
        specimens.add(connection, THIS_COMPUTER, DRAFT | {"translations": translations})
    assert [problem.field for problem in refusal.value.problems] == ["translations"]


@QUICK
@given(ANY_TEXT)
def test_any_text_can_be_searched_for(database: Engine, text: str) -> None:
    with trial(database) as connection:
        specimens.add(connection, THIS_COMPUTER, DRAFT)
        for query in (
            Query(text=text),
            Query(taxon=text),
            Query(country_code=text),
            Query(formation=text),
            Query(type_status=text),
        ):
            assert specimens.count(connection, query) in {0, 1}
            assert len(specimens.find(connection, query).specimens) == specimens.count(connection, query)


@pytest.mark.parametrize("text", ["a" * 10_000, "龙" * 10_000, "wq " * 3_000, "禄丰" * 5_000_000, "\u0301" * 10_000])
def test_long_texts_can_be_searched_for(small_world: Connection, text: str) -> None:
    assert specimens.count(small_world, Query(text=text)) == 0


@given(ANY_TEXT)
def test_no_cell_of_a_file_is_a_formula(text: str) -> None:
    specimen = Specimen("k", "FossilSpecimen", locality=text.strip(), recorded_by=f"={text}", formation=f"@{text}")
    written = "".join(csv_lines([of_specimens([specimen])]))
    _, cells = csv.reader(io.StringIO(written, newline=""))
    assert not [cell for cell in cells if re.match(r"[=@\t\r]|[+-](?![\d.,]+([eE][+-]?\d+)?$)", cell)]


@given(ANY_TEXT)
def test_what_was_typed_is_found_by_its_words(text: str) -> None:
    specimen = Specimen("k", "FossilSpecimen", locality=text)
    assert set(words(text)) <= set(search_text(specimen).split())


@given(st.one_of(ANY_TEXT, st.text("Aa?. cfsp.()0123né-", max_size=80)))
def test_names_are_read_or_refused(text: str) -> None:
    try:
        name = parse_name(text)
    except UnreadableName:
        return
    assert name.scientific_name.isprintable() and name.scientific_name[0].isupper()
    again = parse_name(name.verbatim)
    assert (again.scientific_name, again.qualifier) == (name.scientific_name, name.qualifier)


@QUICK
@given(
    st.sampled_from(["decimal_latitude", "decimal_longitude", "coordinate_uncertainty_in_meters"]),
    st.one_of(ANY_TEXT, st.floats(), st.integers(), st.floats(-200, 200).map(repr)),
)
@example("decimal_latitude", 10**400)
@example("decimal_latitude", "1_0")
@example("decimal_longitude", "1" * 400)
def test_numbers_are_refused_or_given_back(database: Engine, name: str, number: Any) -> None:
    draft = {"decimal_latitude": "1", "decimal_longitude": "1"} | {name: number}
    with trial(database) as connection:
        try:
            record = specimens.add(connection, THIS_COMPUTER, DRAFT | draft)
        except InvalidDraft as refusal:
            assert {problem.field for problem in refusal.problems} <= {"decimal_latitude", "decimal_longitude", name}
            return
        kept = getattr(specimens.get(connection, record.occurrence_id), name)
        assume(kept is not None)
        assert math.isfinite(kept)
        assert kept == float(str(number).replace("−", "-"))
        assert "_" not in str(number)


@QUICK
@given(st.sampled_from([*timescale().intervals]), st.one_of(st.sampled_from([*timescale().intervals]), ANY_TEXT))
def test_ages_are_refused_or_in_order(database: Engine, earliest: str, latest: str) -> None:
    with trial(database) as connection:
        try:
            record = specimens.add(
                connection, THIS_COMPUTER, DRAFT | {"earliest_interval": earliest, "latest_interval": latest}
            )
        except InvalidDraft as refusal:
            assert {problem.field for problem in refusal.problems} <= {"earliest_interval", "latest_interval"}
            return
        kept = specimens.get(connection, record.occurrence_id)
        assert kept.max_ma >= kept.min_ma
        assert kept.max_ma == timescale()[kept.earliest_interval].span.max_ma
        assert kept.min_ma <= timescale()[kept.latest_interval].span.max_ma


@pytest.mark.parametrize("letter", ["x", "禄", "\u0301", " a"])
@pytest.mark.parametrize("name", ["verbatim_identification", "earliest_interval", "country_code", "occurrence_remarks"])
def test_ten_megabytes_are_refused_in_words(name: str, letter: str) -> None:
    problems = check(DRAFT | {name: letter * (10_000_000 // len(letter))}).problems
    assert problems
    assert {problem.field for problem in problems} <= {name, "latest_interval"}
    assert all(len(str(problem.message)) < 500 for problem in problems)


@pytest.mark.parametrize("name", ["decimal_latitude", "event_date", "occurrence_id", "catalog_number"])
def test_ten_megabytes_of_digits_are_refused_in_words(name: str) -> None:
    problems = check(DRAFT | {name: "1" * 10_000_000}).problems
    assert {problem.field for problem in problems} == {name} | ({"decimal_longitude"} & {f"{name[:8]}longitude"})
    assert all(len(str(problem.message)) < 500 for problem in problems)


def test_a_record_as_long_as_can_be_is_kept(connection: Connection) -> None:
    """Every field full of characters that are long to write and alike in no pair: indexes have limits of their own."""
    full: dict[str, object] = {name: _letters(step) for step, name in enumerate(KEPT_AS_TYPED, start=3)}
    full |= {name: _letters(1)[:LONGEST_KEY] for name in ("institution_code", "catalog_number")}
    record = specimens.add(connection, THIS_COMPUTER, DRAFT | full)
    kept = specimens.get(connection, record.occurrence_id)
    assert all(getattr(kept, name) == text for name, text in full.items())
    assert specimens.count(connection, Query(text=_letters(1)[5:9])) == 1


def _letters(step: int) -> str:
    return "".join(chr(0x4E00 + number * (2 * step + 1) % 20_000) for number in range(LONGEST_TEXT))
