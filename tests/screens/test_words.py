"""Every visible text is in the catalogues: none is missing, none is left over, none is written past them, none shows on a Chinese page.

The literals of `screens/` are read from the source: what is handed to a widget, to a label, or stands between the tags of markup has
to come through `_()`, `several`, `marked` or `say`. Names, numbers and other data are listed below.
"""

import ast
import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from catalogue import database, specimens
from catalogue.facts import cite, cite_briefly, read_facts, references, several
from catalogue.geological_time import timescale
from screens import words
from trees.library import alternative_trees, built_in_tree, innovations

SCREENS = Path(words.__file__).parent

# ---- the catalogue of translations -----------------------------------------------------------------------------------


@cache
def in_code() -> frozenset[str]:
    """Every text of the code, singular and plural apart."""
    return frozenset(
        text for _, entry in words.texts_in_code() for text in ([entry] if isinstance(entry, str) else entry)
    )


@cache
def in_catalog() -> dict[str, str]:
    """Every English text of the catalogue, singular and plural apart, with its Chinese."""
    found = {}
    for entry in words.read_catalog():
        texts = [entry.id] if isinstance(entry.id, str) else list(entry.id)
        chinese = entry.string if isinstance(entry.string, str) else (entry.string or ("",))[0]
        found |= {text: chinese for text in texts if text}
    return found


def test_every_text_of_the_code_is_in_the_catalogue_and_no_other() -> None:
    code, catalog = in_code(), in_catalog().keys()
    assert sorted(code - catalog) == []
    assert sorted(catalog - code) == []


def test_no_text_hides_from_the_collector() -> None:
    """On Python 3.11 Babel does not look into f-strings: a text is translated before, not inside."""
    taken = {"_": 1, "marked": 1, "message": 1, "several": 2}
    hidden = []
    for module in sorted(path for package in words._SOURCES for path in (SCREENS.parent / package).rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                texts = [
                    part.value
                    for part in node.args[: taken.get(name_of(node.func), 0)]
                    if isinstance(part, ast.Constant)
                ]
                hidden += [f"{module.name}, line {node.lineno}: {text}" for text in texts if text not in in_code()]
    assert hidden == []


def test_every_text_has_its_chinese() -> None:
    assert [text for text, chinese in in_catalog().items() if not chinese.strip()] == []


def test_no_translation_is_marked_as_doubtful() -> None:
    assert [entry.id for entry in words.read_catalog() if entry.id and entry.fuzzy] == []


def test_a_translation_fills_the_same_places() -> None:
    wrong = {
        text: chinese for text, chinese in in_catalog().items() if chinese and places_in(chinese) - places_in(text)
    }
    assert wrong == {}
    singular = {entry.id[0] for entry in words.read_catalog() if not isinstance(entry.id, str)}
    lost = {t: c for t, c in in_catalog().items() if c and places_in(t) != places_in(c) and t not in singular}
    assert lost == {}


def test_a_translation_keeps_the_edges_and_the_emphasis() -> None:
    for text, chinese in in_catalog().items():
        if chinese:
            assert (text[0] == " ") == (chinese[0] in " （"), text
            assert text.count("**") == chinese.count("**"), text
            assert text.count("`") == chinese.count("`"), text


def places_in(text: str) -> set[str]:
    """The named places of a template."""
    return {name for _text, name, _form, _conversion in Formatter().parse(text) if name is not None}


# ---- no literal text past the catalogue ------------------------------------------------------------------------------

TRANSLATING = {"_", "several", "marked", "say", "message", "translated", "_said", "_button"}
PASSING_ON = {"escape", "str", "format", "join", "removeprefix", "removesuffix", "replace", "strip", "chip"}
SHOWING = {
    *(
        "title",
        "header",
        "subheader",
        "markdown",
        "caption",
        "text",
        "write",
        "html",
        "picture",
        "still",
        "chip",
        "badge",
    ),
    *(
        "button",
        "link_button",
        "page_link",
        "download_button",
        "link",
        "file_uploader",
        "text_input",
        "text_area",
        "number_input",
    ),
    *(
        "selectbox",
        "multiselect",
        "segmented_control",
        "pills",
        "checkbox",
        "toggle",
        "radio",
        "slider",
        "select_slider",
    ),
    *(
        "expander",
        "popover",
        "tabs",
        "dialog",
        "info",
        "warning",
        "error",
        "success",
        "toast",
        "progress",
        "spinner",
        "status",
    ),
    *("metric", "Page", "set_page_config"),
}
SHOWN_NAMES = {"label", "title", "text", "placeholder", "help", "alt", "caption", "body", "page_title"}
ALLOWED = {
    # told to browsers and caches
    "private, no-cache",
    # the name of the program, and each language in itself
    "Bonebed",
    "Language · 语言",
    # examples of data: numbers, names, authors
    "LFGT 0123",
    "LFGT",
    "cf. Lufengosaurus huenei",
    "Young, 1941",
    "Young 1941",
    "Lufeng",
    "Lufengosaurus huenei or L. magnus",
    "Sauropodomorpha",
    # names of methods and of a licence, the same in every language
    "U-Pb, CA-ID-TIMS",
    "CC BY 4.0",
    # the title of a page's stand-in, which is never shown
    "home",
    # a unit
    "Ma",
}
NO_PROSE = {
    # HTTP headers
    "public, max-age=31536000, immutable",
    "private, max-age=31536000, immutable",
    "private, max-age=10800, immutable",
    # a part of what a browser says of itself
    "Mac OS",
}
_PROSE = re.compile(r"[A-Za-z’]{2,}[,.;]? [A-Za-z’]{2,}")
_CODE = re.compile(r"[{};]|=>|\bexport default\b|^\.|:\w+:")


def modules() -> list[Path]:
    """The source files of the screens."""
    return sorted(SCREENS.rglob("*.py"))


@pytest.mark.parametrize("module", modules(), ids=lambda path: path.relative_to(SCREENS).as_posix())
def test_no_text_is_written_past_the_catalogue(module: Path) -> None:
    assert list(naked_texts(module.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        'st.title("Specimens")',
        'st.button("Back", key="back")',
        'st.text_input(_("Name") + " (required)", key="name")',
        'st.text_input(_("Name"), placeholder="a name")',
        'st.caption(f"{number} finds")',
        'st.html("<p>Nothing here</p>")',
        'st.html(f"<p class=quiet>{escape(text)} Ma old</p>")',
        'left.selectbox(_("Order"), options, help="Choose")',
        'st.error("Not saved" if wrong else "Saved")',
        'st.markdown("- " + "Found {n}".format(n=3))',
        'markup = f\'<a title="Open it" href="{address}">{name}</a>\'',
        'SENTENCE = "Nothing was found here."',
        'def _field(label): st.text_input(label)\n_field("Unnamed layer")',
        'def _field(key, *, help=""): pass\n_field("bed", help="Layer")',
        'st.tabs(["Cards", "Table"])',
    ],
)
def test_the_rule_finds_a_text_that_escapes(source: str) -> None:
    assert list(naked_texts(source))


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring of a module."""',
        'st.title(_("Specimens"))',
        'st.button(_("Back"), key="back", type="primary")',
        'st.html(f\'<p class="lede quiet">{escape(_("Nothing here"))}</p>\')',
        'st.html("<style>.card { border: 1px solid }</style>")',
        'st.caption(" · ".join(parts))',
        'st.markdown(f"{age:.3g} Ma")',
        'st.markdown(names["one name"], unsafe_allow_html=True)',
        'link = navigation.href("specimens", interval="Early")',
        '_log.error("A screen failed.")',
        'FIELDS = "locality bed member".split()',
        'STEPS = ("Late Triassic", "Early Jurassic")',
        'line = specimen.text("preparations", language())',
    ],
)
def test_the_rule_leaves_keys_and_markup_alone(source: str) -> None:
    assert list(naked_texts(source)) == []


def naked_texts(source: str) -> Iterator[str]:
    """The visible literals of a module that do not come through the catalogue, with their lines."""
    tree = ast.parse(source)
    covered = {inner for node in ast.walk(tree) if is_translating(node) or is_quiet(node) for inner in ast.walk(node)}
    covered |= {key for node in ast.walk(tree) for key in keys_in(node)}
    known = parameters(tree)
    shown = [part for node in ast.walk(tree) if isinstance(node, ast.Call) for part in shown_arguments(node, known)]
    handed = {literal for part in shown for literal in literals_of(part)}
    docstrings = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    inside = {part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if node in covered or node in docstrings or node in inside:
            continue
        text = written(node)
        if text is None or text in ALLOWED | NO_PROSE or text in timescale().intervals:
            continue
        left = visible(text)
        is_markup = re.search(r"<[a-z/!]", text) is not None
        if (
            has_letters(left)
            and (node in handed or is_markup or (is_prose(text) and text not in in_code()))
            and left.strip() not in ALLOWED
        ):
            yield f"line {node.lineno}: {text}"


def is_translating(node: ast.AST) -> bool:
    """Whether a call puts its texts through the catalogue."""
    return isinstance(node, ast.Call) and name_of(node.func) in TRANSLATING


def is_quiet(node: ast.AST) -> bool:
    """Whether a call writes to the log or the console of the operator, or splits a list of names; no visitor sees those texts."""
    if isinstance(node, ast.Call) and name_of(node.func) == "SystemExit":
        return True
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return name_of(node.func.value) == "_log" or (
        node.func.attr == "split" and isinstance(node.func.value, ast.Constant)
    )


def keys_in(node: ast.AST) -> list[ast.AST]:
    """What only looks something up."""
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key is not None]
    return list(ast.walk(node.slice)) if isinstance(node, ast.Subscript) else []


def name_of(function: ast.expr) -> str:
    """The last name of what is called."""
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def parameters(tree: ast.Module) -> dict[str, list[str]]:
    """The parameters, in their order, of the functions of a module."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {
        function.name: [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
        for function in functions
    }


def shown_arguments(call: ast.Call, known: dict[str, list[str]]) -> Iterator[ast.expr]:
    """The arguments of a call that people see."""
    name = name_of(call.func)
    if name in TRANSLATING:
        return
    if (
        name in SHOWING
        and (isinstance(call.func, ast.Attribute) or name in {"picture", "still", "chip"})
        and not is_field(call)
    ):
        yield from call.args[1:2] if name == "link" else call.args[:1]
    if isinstance(call.func, ast.Name):
        bound = zip(known.get(name, ()), call.args, strict=False)
        shown = (argument for parameter, argument in bound if parameter in SHOWN_NAMES)
        yield from (
            argument for argument in shown if written(argument) not in in_code()
        )  # it may translate what it is given
    yield from (keyword.value for keyword in call.keywords if keyword.arg in SHOWN_NAMES)


def is_field(call: ast.Call) -> bool:
    """Whether it is `specimen.text("locality")`, which names a field, and not `st.text("…")`."""
    receiver = call.func.value if isinstance(call.func, ast.Attribute) else None
    return name_of(call.func) == "text" and not (isinstance(receiver, ast.Name) and receiver.id == "st")


def literals_of(node: ast.expr) -> Iterator[ast.expr]:
    """The literals of which a shown expression is made; not keys, conditions, and arguments of other functions."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield node
    parts: Iterable[ast.expr] = ()
    if isinstance(node, ast.JoinedStr):
        parts = [value.value for value in node.values if isinstance(value, ast.FormattedValue)]
    elif isinstance(node, ast.BinOp):
        parts = (node.left, node.right)
    elif isinstance(node, ast.IfExp):
        parts = (node.body, node.orelse)
    elif isinstance(node, ast.BoolOp):
        parts = node.values
    elif isinstance(node, ast.List | ast.Tuple):
        parts = node.elts
    elif isinstance(node, ast.Call) and name_of(node.func) in PASSING_ON:
        parts = (*node.args, *([node.func.value] if isinstance(node.func, ast.Attribute) else ()))
    elif isinstance(node, ast.GeneratorExp | ast.ListComp):
        parts = (node.elt,)
    for part in parts:
        yield from literals_of(part)


def written(node: ast.AST) -> str | None:
    """The text of a literal; what is filled into it becomes a 0."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "0" for part in node.values)
    return None


def visible(text: str) -> str:
    """What people see of a literal: without tags, but with the attributes that are read out."""
    text = re.sub(r"<(style|script)\b.*?(</\1>|$)", " ", text, flags=re.DOTALL)
    spoken = re.findall(r"""(?:aria-label|title|alt|placeholder)=["']([^"']*)["']""", text)
    text = " ".join([re.sub(r"<[^<>]*>?", " ", text), *spoken])
    return html.unescape(re.sub(r"\{\w*(:[^{}]*)?\}", "0", text))


def has_letters(text: str) -> bool:
    """Whether a text holds a word; a unit, a sign or a number is none."""
    return any(word not in ALLOWED for word in re.findall(r"[A-Za-z一-鿿]{2,}", text))


def is_prose(text: str) -> bool:
    """Whether a literal reads like a sentence rather than like a key, a rule of style or a script."""
    return _PROSE.search(text) is not None and _CODE.search(text) is None


# ---- no English on a Chinese page ------------------------------------------------------------------------------------

PAGES: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    ("specimens", {}),
    ("specimens", {"view": "table", "kind": "published"}),
    ("specimens", {"q": "zzzz"}),
    ("specimen", {}),
    ("specimen", {"id": "bonebed:ivpp-v15"}),
    ("specimen", {"id": "bonebed:lufeng-recent-find-cf-lufengosaurus"}),
    ("specimen", {"id": "0000"}),
    ("map", {}),
    ("map", {"interval": "Jurassic"}),
    ("tree", {}),
    ("tree", {"taxon": "Lufengosaurus"}),
    ("tree", {"taxon": "Theropoda"}),
    ("class", {}),
    ("class", {"step": "4"}),
    ("add", {}),
    ("import", {}),
    ("amend", {"id": "bonebed:ivpp-v15"}),
    ("lists", {"id": "bonebed:ivpp-v15"}),
    ("lists", {"id": "bonebed:ivpp-v15", "list": "relations"}),
    ("lists", {"id": "bonebed:ivpp-v15", "list": "condition_reports"}),
    ("notes", {}),
    ("notes", {"q": "zzzz"}),
    ("notes", {"list": "7"}),
    ("loans", {}),
    ("loans", {"book": "accession"}),
    ("loans", {"with": "bonebed:ivpp-v15"}),
    ("bulk", {}),
    ("trees", {}),
    ("check", {"tree": "t99"}),
)
PLAIN = {
    *("GER", "SCI", "MSM", "RCI"),  # the indices of the literature
    *("Bonebed", "English", "Language", "CSV", "TSV", "UTF", "PBDB", "ICS", "WGS", "Ma", "km", "SHA"),
    *(
        "Paleobiology",
        "Database",
        "occurrences",
        "GeoNames",
        "Natural",
        "Earth",
        "Australian",
        "Geographic",
    ),  # sources, as they call themselves
    *("LFGT", "cf", "Lufengosaurus", "huenei", "Young"),  # examples in the fields of the form
    *("Newick", "NEXUS", "TNT", "XML", "phyloX", "NeX", "phyloXML", "NeXML", "DOI"),  # kinds of files of trees
    *("GBIF", "KML", "KMZ", "GeoPackage", "GeoJSON"),  # names that are the same everywhere
    *("CC", "BY"),  # a licence, by its own name
    *("PALEOMAP", "Wright"),  # plate models, by their own names
    *("Ctrl", "Shift", "Alt", "Enter"),  # keys, as keyboards have them
    *(
        "Excel",
        "OpenDocument",
        "JSON",
        "UTC",
        "Windows",
        "GB",
        "Big",
        "Mac",
        "Roman",
        "Shift_JIS",
    ),  # programs, encodings, a clock
}


@pytest.mark.parametrize(
    ("address", "query"), PAGES, ids=lambda part: "-".join(part.values()) if isinstance(part, dict) else part or "home"
)
def test_a_chinese_page_speaks_chinese(open_page: Callable[..., Any], address: str, query: dict[str, str]) -> None:
    assert english_of(open_page(address, lang="zh", **query)) == []


def test_the_form_complains_in_chinese(open_page: Callable[..., Any]) -> None:
    screen = open_page("add", lang="zh").fill(
        add_decimal_latitude="91", add_verbatim_identification="?", add_latest_interval="Hettangian"
    )
    assert english_of(screen.press("save")) == []


def test_saving_is_told_in_chinese(open_page: Callable[..., Any]) -> None:
    typed = {
        "catalog_number": "LFGT 9",
        "verbatim_identification": "Lufengosaurus",
        "earliest_interval": "Rhaetian",
        "locality": "大洼",
    }
    screen = open_page("add", lang="zh").fill(**{f"add_{name}": value for name, value in typed.items()})
    assert english_of(screen.press("save")) == []


def test_an_import_is_told_in_chinese(open_page: Callable[..., Any]) -> None:
    rows = "occurrence_no,accepted_name,early_interval,lat,lng\n1,Lufengosaurus huenei,Rhaetian,25,102\n2,?,Rhaetian,25,102\n3,Aves,Foozian,,\n"
    screen = open_page("import", lang="zh").upload("finds.csv", rows.encode())
    columns = {"occurrence_no", "accepted_name", "max_ma", "min_ma", "Foozian", "utf", "finds", "csv"}
    assert english_of(screen, columns) == []
    assert english_of(screen.press("import"), columns) == []


def english_of(screen: Any, also: Iterable[str] = ()) -> list[str]:
    """The texts of a page in which, apart from data, Latin letters make words, or which are English texts of the catalogue."""
    translated = {text for text, chinese in in_catalog().items() if chinese and chinese != text}
    translated -= set(words.LANGUAGES.values())  # in the choice of the language each stands in itself
    plain = PLAIN | latin_words() | set(also)
    found = []
    for text in dict.fromkeys(screen.texts()):
        left = re.sub(r"\\(?=\W|_)", "", text)  # what Markdown would read stands behind a backslash
        left = re.sub(
            r"^- .*\b(1[89]|20)\d\d\b.*$|[A-Z][a-z]+ (1[89]|20)\d\d\b", "", left, flags=re.MULTILINE
        )  # publications
        left = re.sub(r"\b[0-9a-f]{64}\b", "", left)  # fingerprints of files
        for datum in data():
            if datum in left:
                left = left.replace(datum, " ")
        strange = [word for word in re.findall(r"[A-Za-z_]{2,}", left) if word not in plain]
        if text in translated or strange:
            found.append(f"{' '.join(strange)} in {text}")
    return found


@cache
def latin_words() -> frozenset[str]:
    """The words of Latin names, which stand apart where a name is in italics."""
    with database.reading() as connection:
        records = specimens.find(connection, size=None).specimens
    return frozenset(word for record in records for word in re.findall("[A-Za-z]+", record.verbatim_identification))


@cache
def data() -> tuple[str, ...]:
    """What stays in Latin letters in every language: names, numbers, places, persons, sources; the longest first."""
    with database.reading() as connection:
        records = specimens.find(connection, size=None).specimens
    fields = (
        *(
            "verbatim_identification",
            "scientific_name",
            "genus",
            "scientific_name_authorship",
            "catalog_number",
            "institution_code",
        ),
        *(
            "recorded_by",
            "event_date",
            "lithostratigraphic_group",
            "formation",
            "member",
            "bed",
            "state_province",
            "county",
        ),
        *("locality", "verbatim_age", "associated_references", "occurrence_id", "georeference_sources", "dataset_name"),
    )
    found = {
        part
        for record in records
        for name in fields
        for part in (str(getattr(record, name)), *several(str(getattr(record, name))))
    }
    found |= {group for record in records for group in record.higher_classification.split("|")}
    found |= {cite(key) for key in references()} | {row["taxon"] for row in read_facts("taxa/taxa.tsv")}
    found |= {name for unit in timescale() for name in (unit.name, unit.chronostratigraphic_name)} | set(
        timescale().aliases
    )
    found |= {node.name for node in built_in_tree().tree.traverse() if node.name}
    keys = {key for other in alternative_trees() for key in other.references}
    keys |= {key for new in innovations() for key in new.references}
    found |= {cite_briefly(key) for key in keys}
    found |= {author.partition(",")[0] for key in keys for author in several(references()[key]["authors"])}
    found |= {node.name for other in alternative_trees() for node in other.tree.traverse() if node.name}
    return tuple(sorted((text for text in found if re.search("[A-Za-z]{2}", text)), key=len, reverse=True))
