"""The facts that ship with Bonebed keep the rules of `data/README.md`."""

import re
from collections.abc import Iterator

import pytest

from catalogue.checking import check
from catalogue.collection import drafts
from catalogue.facts import FACTS, fact_tables, read_facts, references, several
from catalogue.geological_time import timescale
from catalogue.names import parse_name
from catalogue.taxonomy import taxonomy

Row = dict[str, str]

MEASUREMENT_COLUMNS = (
    "occurrence_id measurement_type measurement_value measurement_unit measurement_accuracy measurement_method "
    "measurement_remarks reference zh_measurement_type zh_measurement_value zh_measurement_unit "
    "zh_measurement_method zh_measurement_remarks"
)
SPECIMEN_COLUMNS = (
    "occurrence_id basis_of_record institution_code catalog_number verbatim_identification scientific_name_authorship "
    "type_status preparations preservation earliest_interval latest_interval lithostratigraphic_group formation member bed country_code "
    "state_province county locality decimal_latitude decimal_longitude coordinate_uncertainty_in_meters georeference_protocol "
    "georeference_sources event_date recorded_by occurrence_remarks references zh_state_province zh_county zh_locality "
    "zh_preparations zh_occurrence_remarks"
)
COLUMNS = {
    "references/": "reference authors year title container volume pages doi remarks",
    "specimens/": SPECIMEN_COLUMNS,
    "taxa/taxa.tsv": "taxon rank parent extant english_name chinese_name reference",
    "trees/clades.tsv": "clade reference remarks zh_remarks",
    "trees/alternatives.tsv": "alternative title zh_title moves account zh_account reference",
    "trees/innovations.tsv": (
        "innovation clade name zh_name account zh_account reference occurrence_ids doubt zh_doubt"
    ),
    "trees/formation_ages.tsv": "formation earliest_interval latest_interval reference remarks",
    "trees/ranges.tsv": "taxon earliest_interval latest_interval formation reference remarks",
    "geological_time/interval_aliases.tsv": "alias earliest_interval latest_interval region reference remarks",
    "geological_time/interval_facts.tsv": "interval fact zh_fact reference",
    "vocabularies/terms.tsv": "vocabulary term english chinese definition chinese_definition reference",
    "vocabularies/aliases.tsv": "vocabulary alias term",
    "characters/dinosaurs_to_birds.tsv": "character name states ordered zh_name zh_states reference",
    "places/country_centres.tsv": "country_code latitude longitude reference",
    "places/towns.tsv": "geonames_id name name_zh decimal_latitude decimal_longitude apart_km",
    "formations.tsv": "formation alias source",
    "museums.tsv": "institution_code latitude longitude source",
}
TABLES = sorted(path.relative_to(FACTS).as_posix() for path in FACTS.rglob("*.tsv"))
SPECIMENS = [table for table in TABLES if table.startswith("specimens/") and not table.endswith("_measurements.tsv")]
MEASUREMENTS = [table for table in TABLES if table.endswith("_measurements.tsv")]
LARGE_GROUPS = (
    "Pseudosuchia Pterosauria Silesauridae Ornithischia Thyreophora Stegosauria Ankylosauria Ornithopoda "
    "Pachycephalosauria Ceratopsia Sauropodomorpha Sauropoda Herrerasauridae Coelophysoidea Ceratosauria "
    "Megalosauroidea Allosauroidea Tyrannosauroidea Ornithomimosauria Alvarezsauroidea Therizinosauria "
    "Oviraptorosauria Scansoriopterygidae Dromaeosauridae Troodontidae Enantiornithes Palaeognathae "
    "Galloanserae Neoaves"
)
SPELLINGS = "vocabularies/aliases.tsv"
OF_A_MODEL = ("_poles.tsv", "_plates.tsv")
CITING = [
    table
    for table in TABLES
    if "references/" not in table
    and "ics_" not in table
    and table not in {SPELLINGS, "museums.tsv", "formations.tsv", "places/towns.tsv"}
    and not table.endswith(OF_A_MODEL)
]


def rows(tables: list[str]) -> list[Row]:
    return [row for table in tables for row in read_facts(table)]


def newick_clades(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each named inner node of a Newick text with its tips."""
    open_clades: list[list[str]] = []
    tips: list[str] = []
    closed = False
    for token in re.findall(r"[(),;]|[^(),;\s]+", text):
        if token == "(":
            open_clades.append([])
        elif token == ")":
            tips, closed = open_clades.pop(), True
            if open_clades:
                open_clades[-1].extend(tips)
        elif token == ",":
            closed = False
        elif token != ";" and closed:
            yield token, tips
        elif token != ";":
            open_clades[-1].append(token)


def test_the_newick_reader_of_this_test() -> None:
    assert dict(newick_clades("((A,B)C,D)E;")) == {"C": ["A", "B"], "E": ["A", "B", "D"]}


def tree() -> dict[str, list[str]]:
    return dict(newick_clades((FACTS / "trees/dinosaurs_to_birds.nwk").read_text(encoding="utf-8")))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_written_as_the_readme_says(table: str) -> None:
    content = (FACTS / table).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert read_facts(table)
    if table in MEASUREMENTS:
        assert content.decode().split("\n")[0].split("\t") == MEASUREMENT_COLUMNS.split()
        return
    wanted = next((columns for start, columns in COLUMNS.items() if table.startswith(start)), None)
    if wanted is not None:
        assert content.decode().split("\n")[0].split("\t") == wanted.split()


@pytest.mark.parametrize("table", TABLES)
def test_no_cell_says_nothing_in_words(table: str) -> None:
    empty_words = {"na", "n/a", "none", "null", "-", "todo", "tbd", "?"}
    told = [[cell for column, cell in row.items() if column != "symbol"] for row in read_facts(table)]
    assert [row for row in told if {cell.casefold() for cell in row} & empty_words] == []


def test_a_reference_key_is_well_formed_and_means_one_publication() -> None:
    meant: dict[str, set[tuple[str, str]]] = {}
    for table in fact_tables("references"):
        keys = [row["reference"] for row in read_facts(table)]
        assert sorted(key for key in set(keys) if keys.count(key) > 1) == [], table
        for row in read_facts(table):
            meant.setdefault(row["reference"], set()).add((row["title"].casefold(), row["year"]))
    assert {key: publications for key, publications in meant.items() if len(publications) > 1} == {}
    assert [key for key in meant if not re.fullmatch(r"[a-z]+[a-z0-9-]*", key)] == []
    assert [row["doi"] for row in references().values() if row["doi"] and not row["doi"].startswith("10.")] == []


@pytest.mark.parametrize("table", CITING)
def test_each_row_cites_publications_that_are_listed(table: str) -> None:
    known = references()
    column = "references" if table in SPECIMENS else "reference"
    unknown = {key for row in read_facts(table) for key in several(row[column]) if key not in known}
    assert sorted(unknown) == []


@pytest.mark.parametrize("table", CITING)
def test_each_row_has_a_source(table: str) -> None:
    """The place of a genus may stand without one, and a word that we offer ourselves; the place of a group may not."""
    column = "references" if table in SPECIMENS else "reference"
    ours = [row for row in read_facts(table) if row.get("rank") == "genus" or "vocabulary" in row]
    without = [row for row in read_facts(table) if not row[column] and row not in ours]
    assert [next(iter(row.values())) for row in without] == []


def test_no_two_specimens_share_a_key_or_a_number() -> None:
    found = rows(SPECIMENS)
    keys = [row["occurrence_id"] for row in found]
    numbers = [(row["institution_code"], row["catalog_number"]) for row in found if row["catalog_number"]]
    assert sorted(key for key in set(keys) if keys.count(key) > 1) == []
    assert sorted(number for number in set(numbers) if numbers.count(number) > 1) == []
    assert [key for key in keys if not re.fullmatch(r"bonebed:[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_each_specimen_passes_the_checks_of_the_catalogue() -> None:
    bad = {str(draft["occurrence_id"]): [str(problem) for problem in check(draft).problems] for draft in drafts()}
    assert {key: problems for key, problems in bad.items() if problems} == {}


def test_each_specimen_of_a_museum_has_its_number_in_its_key() -> None:
    wrong = [
        row["occurrence_id"]
        for row in rows(SPECIMENS)
        if row["catalog_number"]
        and row["occurrence_id"] != "bonebed:" + re.sub(r"[^a-z0-9]+", "-", row["catalog_number"].casefold()).strip("-")
    ]
    assert wrong == []


def test_coordinates_are_no_finer_than_their_source() -> None:
    wrong = [
        row["occurrence_id"]
        for row in rows(SPECIMENS)
        if row["decimal_latitude"]
        and not (
            all(re.fullmatch(r"-?\d+(\.\d{1,2})?", row[f"decimal_{axis}"]) for axis in ("latitude", "longitude"))
            and float(row["coordinate_uncertainty_in_meters"] or 0) >= 1000
            and row["georeference_protocol"] in {"published coordinates", "centre of the named place"}
            and row["georeference_sources"]
        )
    ]
    assert wrong == []


def test_the_text_of_a_specimen_is_there_in_both_languages() -> None:
    columns = ("state_province", "county", "locality", "preparations", "occurrence_remarks")
    missing = {
        (row["occurrence_id"], column)
        for row in rows(SPECIMENS)
        for column in columns
        if bool(row[column]) != bool(row[f"zh_{column}"])
    }
    assert sorted(missing) == []


def test_statements_are_about_specimens_that_exist() -> None:
    known = {row["occurrence_id"] for row in rows(SPECIMENS)}
    assert sorted({row["occurrence_id"] for row in rows(MEASUREMENTS)} - known) == []


def test_each_genus_of_a_specimen_has_its_place() -> None:
    genera = {parse_name(row["verbatim_identification"]).genus for row in rows(SPECIMENS)}
    assert sorted(genus for genus in genera if genus not in taxonomy()) == []


def test_taxa_are_unique_and_hang_together() -> None:
    found = read_facts("taxa/taxa.tsv")
    names = [row["taxon"] for row in found]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
    assert sorted({row["parent"] for row in found} - {""} - set(names)) == []
    roots = {taxonomy().lineage(name)[0] for name in names}
    assert len(roots) == 1
    assert [name for name in names if " " in name] == []
    assert {row["extant"] for row in found} <= {"yes", "no"}


def test_what_holds_a_living_taxon_lives() -> None:
    dead = {
        group for row in read_facts("taxa/taxa.tsv") if row["extant"] == "yes" for group in taxonomy().lineage(row["taxon"])
        if not taxonomy().is_extant(group)
    }  # fmt: skip
    assert sorted(dead) == []


def test_each_clade_of_the_tree_holds_its_tips_in_the_table_of_taxa_too() -> None:
    wrong = {(clade, tip) for clade, tips in tree().items() for tip in tips if clade not in taxonomy().lineage(tip)}
    assert sorted(wrong) == []


def test_remarks_on_clades_are_there_in_both_languages() -> None:
    assert [
        row["clade"] for row in read_facts("trees/clades.tsv") if bool(row["remarks"]) != bool(row["zh_remarks"])
    ] == []


def test_the_tree_names_each_clade_and_each_tip_once() -> None:
    text = (FACTS / "trees/dinosaurs_to_birds.nwk").read_text(encoding="utf-8")
    names = re.findall(r"[^(),;\s]+", text)
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
    assert text.count("(") == len(tree())
    assert ":" not in text


def test_clades_and_ranges_belong_to_the_tree() -> None:
    clades = tree()
    tips = {tip for held in clades.values() for tip in held}
    assert sorted(row["clade"] for row in read_facts("trees/clades.tsv")) == sorted(clades)
    ranged = [row["taxon"] for row in read_facts("trees/ranges.tsv")]
    assert sorted(ranged) == sorted(tips)


def test_the_tree_has_100_to_150_tips_each_with_a_name_in_both_languages() -> None:
    tips = {tip for held in tree().values() for tip in held}
    assert 100 <= len(tips) <= 150
    assert sorted(tip for tip in tips if not taxonomy().common_name(tip, "zh")) == []
    assert sorted(tip for tip in tips if not taxonomy().common_name(tip)) == []


@pytest.mark.parametrize("group", LARGE_GROUPS.split())
def test_each_large_group_stands_on_the_tree_by_two_or_more(group: str) -> None:
    assert len(tree()[group]) >= 2


def test_most_fossils_of_the_tree_have_a_find_in_the_first_collection() -> None:
    fossil = {tip for tip in tree()["Dinosauria"] if not taxonomy().is_extant(tip)}
    shown = {parse_name(row["verbatim_identification"]).genus for row in rows(SPECIMENS)}
    assert len(fossil & shown) > len(fossil) / 2


def test_alternatives_and_innovations_are_told_in_both_languages() -> None:
    told = {"alternatives": ("title", "account"), "innovations": ("name", "account", "doubt")}
    for table, columns in told.items():
        found = read_facts(f"trees/{table}.tsv")
        keys = [next(iter(row.values())) for row in found]
        assert len(set(keys)) == len(keys)
        assert [key for key in keys if not re.fullmatch(r"[a-z]+(-[a-z]+)*", key)] == []
        assert [row for row in found for column in columns if bool(row[column]) != bool(row[f"zh_{column}"])] == []
        assert [row for row in found if not row[columns[0]] or not row["account"]] == []


def test_innovations_stand_on_the_tree_and_their_specimens_in_the_collection() -> None:
    lineages = {row["occurrence_id"]: taxonomy().lineage(row["verbatim_identification"]) for row in rows(SPECIMENS)}
    for row in read_facts("trees/innovations.tsv"):
        assert row["clade"] in tree(), row
        for specimen in several(row["occurrence_ids"]):
            assert row["clade"] in lineages[specimen], (row["innovation"], specimen)


def test_ranges_are_intervals_of_the_chart_and_end_today_for_the_living() -> None:
    for row in read_facts("trees/ranges.tsv"):
        assert {
            row["earliest_interval"],
            row["latest_interval"] or row["earliest_interval"],
        } <= timescale().intervals.keys(), row
        timescale().date(row["earliest_interval"], row["latest_interval"])
        assert (row["latest_interval"] == "Holocene") == taxonomy().is_extant(row["taxon"]), row["taxon"]


def test_no_range_and_no_specimen_contradicts_the_age_of_its_formation() -> None:
    """By the chart of today: a first or last appearance outside of all formations named with it, or a find that misses its own."""
    chart = timescale()
    ages = {
        row["formation"]: chart.date(row["earliest_interval"], row["latest_interval"]).span
        for row in read_facts("trees/formation_ages.tsv")
    }
    wrong, held = [], 0
    for row in read_facts("trees/ranges.tsv"):
        named = several(row["formation"].replace(" or ", " | "))
        if named and set(named) <= ages.keys():
            held += 1
            span = chart.date(row["earliest_interval"], row["latest_interval"]).span
            oldest, youngest = max(ages[one].max_ma for one in named), min(ages[one].min_ma for one in named)
            wrong += [row["taxon"]] if span.max_ma > oldest or span.min_ma < youngest else []
    for row in rows(SPECIMENS):
        span = chart.date(row["earliest_interval"], row["latest_interval"]).span
        if row["formation"] in ages and not span.overlaps(ages[row["formation"]]):
            wrong.append(row["occurrence_id"])
    assert (wrong, held > 60) == ([], True)


def test_the_range_of_a_genus_holds_its_specimens() -> None:
    ranges = {
        row["taxon"]: timescale().date(row["earliest_interval"], row["latest_interval"]).span
        for row in read_facts("trees/ranges.tsv")
    }
    outside = []
    for row in rows(SPECIMENS):
        name = parse_name(row["verbatim_identification"])
        span = timescale().date(row["earliest_interval"], row["latest_interval"]).span
        if name.certain and name.genus in ranges and not span.overlaps(ranges[name.genus]):
            outside.append(row["occurrence_id"])
    assert outside == []


def test_aliases_stand_for_intervals_of_the_chart() -> None:
    chart = timescale()
    found = read_facts("geological_time/interval_aliases.tsv")
    folded = [row["alias"].casefold() for row in found]
    assert sorted(alias for alias in set(folded) if folded.count(alias) > 1) == []
    for row in found:
        assert {
            row["earliest_interval"],
            row["latest_interval"] or row["earliest_interval"],
        } <= chart.intervals.keys(), row["alias"]
        chart.date(row["earliest_interval"], row["latest_interval"])
        match = chart.find(row["alias"])
        assert match is not None
        assert not match.exact, f"{row['alias']} is a name of the chart already"


def test_facts_are_about_intervals_of_the_chart_in_both_languages() -> None:
    found = read_facts("geological_time/interval_facts.tsv")
    assert sorted({row["interval"] for row in found} - timescale().intervals.keys()) == []
    assert [row["interval"] for row in found if not row["fact"] or not row["zh_fact"]] == []


def test_stories_are_told_in_both_languages() -> None:
    told = {tuple(path.name.split(".")[:2]) for path in (FACTS / "stories").glob("*.md")}
    assert told
    assert {story for story, _ in told} == {story for story, language in told if language == "en"}
    assert {story for story, _ in told} == {story for story, language in told if language == "zh"}
