"""What the documentation says exists, and what exists is in the documentation."""

import re
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path
from typing import get_args

import pytest

from catalogue.__main__ import main
from catalogue.api.endpoints import ENDPOINTS
from catalogue.api.openapi import openapi
from catalogue.exchange.outcomes import Outcomes, RowOutcomes, RowResult
from catalogue.exchange.recognising import FORMATS
from catalogue.settings import Settings
from screens import pages

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("data/**/README.md")])
FOR_USERS = [page for page in PAGES if page.name != "CONTRIBUTING.md"]
START = "python -m pip install -r requirements.txt && python -m streamlit run app.py"
TEST = "python -m pip install -r requirements.txt -r tests/requirements.txt && python -m pytest"


def text(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def table(page: str, heading: str) -> list[list[str]]:
    """The cells of the table in a page whose first heading is given."""
    lines = iter(text(page).splitlines())
    next(line for line in lines if line.startswith(f"| {heading} |"))
    next(lines)
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in takewhile(lambda line: line.startswith("|"), lines)
    ]


def code(cell: str) -> list[str]:
    """What a cell sets in code."""
    return re.findall(r"`([^`]+)`", cell)


def commands(page: str) -> list[str]:
    """The lines of a page's blocks of code."""
    blocks = re.findall(r"^```\w*\n(.*?)^```", text(page), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def told_by_help(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0
    return capsys.readouterr().out


def test_each_setting_is_described_and_each_described_one_exists() -> None:
    described = [name for row in table("docs/settings.md", "variable") for name in code(row[0])]
    assert described == [f"BONEBED_{name.upper()}" for name in Settings.model_fields]


def test_the_described_defaults_are_those_of_the_program() -> None:
    for name, _, default in table("docs/settings.md", "variable"):
        field = Settings.model_fields[code(name)[0].removeprefix("BONEBED_").lower()]
        if field.default_factory is None and field.default != "":
            assert code(default) == [str(field.default).lower()]


@pytest.mark.parametrize("page", FOR_USERS, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_speaks_of_a_setting_that_does_not_exist(page: Path) -> None:
    named = set(re.findall(r"BONEBED_[A-Z_]+", page.read_text(encoding="utf-8")))
    assert named <= {f"BONEBED_{name.upper()}" for name in Settings.model_fields}


def test_each_command_is_described_and_each_described_one_exists(capsys: pytest.CaptureFixture[str]) -> None:
    pages = ("docs/import.md", "docs/export.md", "docs/people.md", "docs/pictures-by-number.md")
    lines = [line for page in pages for line in commands(page) if line.startswith("python -m catalogue ")]
    described = {line.split()[3] for line in lines}
    listed = re.search(r"\{([a-z,-]+)\}", told_by_help([], capsys))
    assert listed and described == set(listed[1].split(","))


def test_each_option_of_import_is_described_and_each_described_one_exists(capsys: pytest.CaptureFixture[str]) -> None:
    described = {option for line in commands("docs/import.md") for option in re.findall(r" (--[a-z-]+)", line)}
    assert described == set(re.findall(r"--[a-z-]+", told_by_help(["import"], capsys))) - {"--help"}


def test_each_format_is_described_with_the_columns_it_needs() -> None:
    described = {row[0]: [code(group) for group in row[1].split(";")] for row in table("docs/import.md", "format")}
    assert described == {known.name: [list(group) for group in known.needs] for known in FORMATS}


def test_each_outcome_is_described() -> None:
    described = [name for row in table("docs/import.md", "outcome") for name in code(row[0])]
    assert described == list(get_args(RowResult))


def test_each_key_of_the_json_is_described() -> None:
    nothing = Outcomes("a.csv", FORMATS[0].name, "UTF-8", False, ",", (), (), RowOutcomes())
    described = [name for row in table("docs/import.md", "key") for name in code(row[0])]
    assert described == list(nothing.as_json())


def test_each_address_of_the_api_is_described_and_each_described_one_exists() -> None:
    described = [name for row in table("docs/api.md", "address") for name in code(row[0])]
    assert described == [endpoint.path for endpoint in ENDPOINTS]


def test_each_parameter_of_the_api_is_described_and_each_described_one_exists() -> None:
    of_searches = {name for row in table("docs/search.md", "parameter") for name in code(row[0])} - {"view"}
    beyond = {name for row in table("docs/api.md", "parameter") for name in code(row[0])}
    taken = {parameter.name for endpoint in ENDPOINTS for parameter in endpoint.parameters} - {"lang"}
    assert of_searches | beyond == taken


def test_each_problem_of_the_api_is_described() -> None:
    described = {status for row in table("docs/api.md", "status") for status in code(row[0])}
    answers = openapi("")["paths"]["/api/specimens/{id}"]["get"]["responses"].keys()
    assert described == answers - {"200", "304"}


def test_each_shortcut_is_described_and_each_described_one_exists() -> None:
    described = {name for row in table("docs/in-class.md", "key") for name in code(row[0])}
    sources = "".join(module.read_text(encoding="utf-8") for module in (ROOT / "screens").rglob("*.py"))
    assert described == set(re.findall(r'shortcut="([^"]+)"', sources))


def test_each_link_into_a_screen_leads_to_one() -> None:
    named = set(re.findall(r"`(\w+)\?", text("docs/in-class.md")))
    assert named
    assert named <= pages.PAGES.keys()


def test_the_readme_has_one_command_to_start_and_one_to_test() -> None:
    assert commands("README.md") == [START, TEST]
    assert TEST in commands("CONTRIBUTING.md")


def test_ci_runs_the_test_command_of_the_readme() -> None:
    pattern = re.search(r"grep -x -m1 '([^']+)' README\.md", text(".ci/run"))
    assert pattern
    assert [line for line in text("README.md").splitlines() if re.fullmatch(pattern[1], line)] == [TEST]
    assert "BONEBED_REQUIRE_BROWSER=1" in text(".ci/run")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_module_that_a_page_runs_is_ours_or_installed(page: Path) -> None:
    named = set(re.findall(r"python3? -m ([\w.]+)", page.read_text(encoding="utf-8")))
    assert [module for module in named if find_spec(module) is None] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    for link in links:
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{page.name} links to {link}, which does not exist"
        assert not anchor or anchor in anchors(target), f"{page.name} links to {link}, which has no such heading"


@pytest.mark.skipif(
    not (ROOT / "docs" / "pictures").exists(), reason="the pictures are taken by the browser tests and not kept yet"
)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_each_picture_is_there_and_has_words(page: Path) -> None:
    for words, path in re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        assert words, f"{path} has no words for those who cannot see it"
        assert (page.parent / path).exists(), f"{page.name} shows {path}, which does not exist"


def test_the_changelog_has_a_version_with_a_date() -> None:
    assert re.findall(r"^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$", text("CHANGELOG.md"), re.MULTILINE)


def test_each_page_of_the_documentation_is_linked_from_the_readme() -> None:
    linked = set(re.findall(r"\]\((docs/[\w-]+\.md)\)", text("README.md")))
    assert linked == {str(page.relative_to(ROOT).as_posix()) for page in ROOT.glob("docs/*.md")}
