"""Names as labels have them, parted into the name and the doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.names import LONGEST_NAME, UnreadableName, genus_is_certain, parse_name


@pytest.mark.parametrize(
    ("written", "scientific_name", "genus", "qualifier", "authorship", "rank"),
    [
        ("Lufengosaurus huenei", "Lufengosaurus huenei", "Lufengosaurus", "", "", "species"),
        ("Lufengosaurus huenei Young, 1941", "Lufengosaurus huenei", "Lufengosaurus", "", "Young, 1941", "species"),
        ("Lufengosaurus huenei (Young, 1941)", "Lufengosaurus huenei", "Lufengosaurus", "", "(Young, 1941)", "species"),
        ("Sinosaurus triassicus von Huene & Young, 1941", "Sinosaurus triassicus", "Sinosaurus", "", "von Huene & Young, 1941", "species"),
        ("  Lufengosaurus   huenei ", "Lufengosaurus huenei", "Lufengosaurus", "", "", "species"),
        ("“Gyposaurus” sinensis", "Gyposaurus sinensis", "Gyposaurus", "", "", "species"),
        ("‘Lufengosaurus huenei’", "Lufengosaurus huenei", "Lufengosaurus", "", "", "species"),
        ("Theropoda", "Theropoda", "Theropoda", "", "", ""),
        ("Theropoda indet.", "Theropoda", "Theropoda", "indet.", "", ""),
        ("Dinosauria (indet.)", "Dinosauria", "Dinosauria", "indet.", "", ""),
        ("? Dinosauria indet.", "Dinosauria", "Dinosauria", "? indet.", "", ""),
        ("Mamenchisaurus sp.", "Mamenchisaurus", "Mamenchisaurus", "", "", "genus"),
        ("Mamenchisaurus sp. A", "Mamenchisaurus", "Mamenchisaurus", "", "", "genus"),
        ("Sauropoda indet. 2", "Sauropoda", "Sauropoda", "indet.", "", ""),
        ("cf. Lufengosaurus", "Lufengosaurus", "Lufengosaurus", "cf. Lufengosaurus", "", ""),
        ("?Lufengosaurus huenei", "Lufengosaurus huenei", "Lufengosaurus", "?", "", "species"),
        ("Lufengosaurus cf. huenei", "Lufengosaurus huenei", "Lufengosaurus", "cf. huenei", "", "species"),
        ("Lufengosaurus cf. L. huenei", "Lufengosaurus huenei", "Lufengosaurus", "cf. L. huenei", "", "species"),
        ("Lufengosaurus cf huenei", "Lufengosaurus huenei", "Lufengosaurus", "cf. huenei", "", "species"),
        ("Lufengosaurus aff. magnus", "Lufengosaurus", "Lufengosaurus", "aff. magnus", "", ""),
        ("Lufengosaurus aff. L. magnus", "Lufengosaurus", "Lufengosaurus", "aff. L. magnus", "", ""),
        ("Prosauropoda cf. Massospondylus sp.", "Prosauropoda", "Prosauropoda", "cf. Massospondylus", "", ""),
        ("Iguanodon cf. I. bernissartensis Boulenger, 1881", "Iguanodon bernissartensis", "Iguanodon", "cf. I. bernissartensis", "Boulenger, 1881", "species"),
        ("n. gen. Yingshanosaurus n. sp. jichuanensis", "Yingshanosaurus jichuanensis", "Yingshanosaurus", "", "", "species"),
        ("Lufengosaurus huenei gen. et sp. nov.", "Lufengosaurus huenei", "Lufengosaurus", "", "", "species"),
        ("Grallator (Eubrontes) giganteus", "Grallator giganteus", "Grallator", "", "", "species"),
        ("Grallator (Eubrontes) giganteus Hitchcock, 1845", "Grallator giganteus", "Grallator", "", "Hitchcock, 1845", "species"),
        ("cf. Lufengosaurus huenei Young, 1941", "Lufengosaurus huenei", "Lufengosaurus", "cf. Lufengosaurus huenei", "Young, 1941", "species"),
        ("? Lufengosaurus Young, 1941", "Lufengosaurus", "Lufengosaurus", "?", "Young, 1941", ""),
        ("Yi qi Xu et al., 2015", "Yi qi", "Yi", "", "Xu et al., 2015", "species"),
        ("Massospondylus de la Beche, 1854", "Massospondylus", "Massospondylus", "", "de la Beche, 1854", ""),
        ("“Lufengosaurus huenei”", "Lufengosaurus huenei", "Lufengosaurus", "", "", "species"),
        ("Yi qi", "Yi qi", "Yi", "", "", "species"),
        ("Lufengosaurus huenei or L. magnus", "Lufengosaurus", "Lufengosaurus", "huenei or magnus", "", ""),
        ("Lufengosaurus huenei or magnus", "Lufengosaurus", "Lufengosaurus", "huenei or magnus", "", ""),
        ("Lufengosaurus 或 Sinosaurus", "Saurischia", "Saurischia", "Lufengosaurus or Sinosaurus", "", ""),
        ("cf. Lufengosaurus huenei or L. magnus", "Lufengosaurus", "Lufengosaurus", "cf. Lufengosaurus huenei or Lufengosaurus magnus", "", ""),
        ("Foosaurus primus or Barsaurus Smith, 1999", "Foosaurus primus", "Foosaurus", "Foosaurus primus or Barsaurus", "", ""),
    ],
)  # fmt: skip
def test_a_name_is_parted(
    written: str, scientific_name: str, genus: str, qualifier: str, authorship: str, rank: str
) -> None:
    name = parse_name(written)
    assert (name.scientific_name, name.genus, name.qualifier) == (scientific_name, genus, qualifier)
    assert (name.authorship, name.rank) == (authorship, rank)


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "?", "cf.", "sp.", "indet.", "lufengosaurus huenei", "禄丰龙", "=1+1", "<script>alert(1)</script>",
        "FMNH CUP 2089", "Poreba Herrerasauridae indet", "T. rex", "cf. L. huenei", "Lufengosaurus_huenei", "Foo () bar", "Lufengosaurus or", "or",
        "V 15", "A" * (LONGEST_NAME + 1),
    ],
)  # fmt: skip
def test_what_is_no_name_is_refused_in_words(written: str) -> None:
    with pytest.raises(UnreadableName) as raised:
        parse_name(written)
    assert str(raised.value).endswith((".", "?"))


def test_what_was_written_is_kept() -> None:
    assert parse_name(" cf.  Lufengosaurus huenei Young, 1941").verbatim == "cf. Lufengosaurus huenei Young, 1941"


@pytest.mark.parametrize(("written", "certain"), [
    ("Lufengosaurus huenei", True), ("Lufengosaurus cf. huenei", True), ("Lufengosaurus aff. L. magnus", True),
    ("Theropoda indet.", True), ("cf. Lufengosaurus", False), ("?Lufengosaurus", False), ("Lufengosaurus huenei?", False),
    ("Prosauropoda cf. Massospondylus", False), ("cf. Lufengosaurus huenei", False), ("Lufengosaurus huenei or magnus", True),
    ("Lufengosaurus or Yunnanosaurus", False), ("cf. Lufengosaurus huenei or magnus", False),
])  # fmt: skip
def test_doubt_about_the_species_leaves_the_genus_certain(written: str, certain: bool) -> None:
    name = parse_name(written)
    assert name.certain is certain
    assert genus_is_certain(name.qualifier) is certain


_WORDS = st.sampled_from(
    [
        "Lufengosaurus",
        "huenei",
        "cf.",
        "aff.",
        "?",
        "sp.",
        "indet.",
        "n.",
        "gen.",
        "L.",
        "(Foo)",
        "Young,",
        "1941",
        "ex",
        "gr.",
        "A",
        "2",
        '"',
        "×",
        "-",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=8).map(" ".join)))
def test_any_text_is_a_name_or_an_unreadable_one(written: str) -> None:
    try:
        name = parse_name(written)
    except UnreadableName:
        return
    words = name.scientific_name.split()
    assert words[0] == name.genus
    assert words[0][0].isupper()
    assert not {word.casefold().rstrip(".") for word in words} & {"cf", "aff", "sp", "spp", "indet", "ex", "gr", "nr"}
    assert not set(name.scientific_name) & set('?"()<>.0123456789')


@given(st.from_regex(r"\A[A-Z][a-z]{2,12} [a-z]{3,12}\Z"))
def test_a_plain_name_stays_as_it_is(written: str) -> None:
    doubts = {"cf", "aff", "sp", "spp", "isp", "ichnosp", "indet", "indeterminate", "informal"}
    if doubts & set(written.casefold().split()):
        return
    name = parse_name(written)
    assert name.scientific_name == name.verbatim == written
    assert name.certain
