"""Arrows go down only: screens over classroom over maps and trees over the catalogue. Everything below the screens runs without Streamlit."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "catalogue": set(),
    "trees": {"catalogue"},
    "maps": {"catalogue"},
    "classroom": {"catalogue", "maps", "trees"},
    "screens": {"catalogue", "maps", "trees", "classroom"},
}
OURS = {*MAY_IMPORT, "app", "data", "tests"}


def imported(module: Path) -> set[str]:
    """The top-level names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(
                node.module.split(".")[0] if node.module and not node.level else module.relative_to(ROOT).parts[0]
            )
    return names


def modules(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_what_lies_below_it(package: str) -> None:
    too_high = {
        str(module.relative_to(ROOT)): wrong
        for module in modules(package)
        if (wrong := imported(module) & OURS - MAY_IMPORT[package] - {package})
    }
    assert too_high == {}


def test_only_the_screens_know_streamlit() -> None:
    below = [module for package in MAY_IMPORT if package != "screens" for module in modules(package)]
    assert below
    assert [str(module.relative_to(ROOT)) for module in below if "streamlit" in imported(module)] == []


def test_no_screen_reads_a_record_as_it_is_stored() -> None:
    """Exact sites are for the code that writes; what people see is read through `catalogue.finding`, which asks who they are."""
    exact = {"stored", "holding", "held_by"}
    used = {
        str(module.relative_to(ROOT)): names
        for module in [
            *modules("screens"),
            *modules("maps"),
            *modules("trees"),
            *modules("catalogue/api"),
            *modules("catalogue/labels"),
        ]
        if (names := _names_in(module) & exact)
    }
    assert used == {}


def test_no_screen_reads_the_history_unasked() -> None:
    """People read it through `catalogue.past`, which asks whether they may; what the code itself reads asks for nothing."""
    used = [
        str(module.relative_to(ROOT))
        for module in [*modules("screens"), *modules("maps"), *modules("trees"), *modules("catalogue/api")]
        if re.search(r"\bhistory\.(of_record|of_edit|edit|records_of|state_at)\b", module.read_text("utf-8"))
    ]
    assert used == []


def _names_in(module: Path) -> set[str]:
    """The names that a module imports, or takes from what it imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {part for alias in node.names for part in alias.name.split(".")}
            names |= set((getattr(node, "module", None) or "").split("."))
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
    return names


@pytest.mark.parametrize("package", ["catalogue", "trees", "maps"])
def test_a_package_is_the_one_of_this_repository(package: str) -> None:
    found = importlib.util.find_spec(package)
    assert found is not None
    assert found.origin is not None
    assert Path(found.origin).is_relative_to(ROOT)


def test_no_screen_hides_a_package() -> None:
    """Streamlit puts the folder of the screens first on the path."""
    hiding = {"trees", "maps", "data", "catalogue", "classroom", "calendar"}
    assert not {path.stem for path in (ROOT / "screens").iterdir()} & hiding
