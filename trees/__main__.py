"""The command line: read, date, measure, compare and draw trees; see ``docs/trees.md``."""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path

from catalogue.command_lines import UNREADABLE, CommandLine
from catalogue.geological_time import timescale
from catalogue.messages import message
from trees.backbone import backbone_of
from trees.comparison import gather, majority_consensus, robinson_foulds, strict_consensus
from trees.congruence import congruence
from trees.dating import METHODS, DatedTree, date_tree
from trees.errors import TreeError
from trees.figures import FORMS, PAGE_MM, WIDTHS_MM, NoFigure, draw_figure
from trees.model import Tree, tip_names
from trees.ranges import TaxonRange
from trees.reading.files import read_file
from trees.reading.outcomes import NamedTree, ReadFile
from trees.undated import by_lengths, by_steps
from trees.writing import newick_label, write_newick


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0, or 2 when the input cannot be used."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # names in any script, whatever the console is set to
    given = _parser().parse_args(arguments)
    try:
        result = _COMMANDS[given.command](given)
    except (TreeError, NoFigure) as error:
        print(error.message, file=sys.stderr)
        return UNREADABLE
    if given.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        _print(result)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = CommandLine(prog="python -m trees", description="Trees of Bonebed: read, date, compare, draw.")
    commands = parser.add_subparsers(dest="command", required=True)
    reading = commands.add_parser("read", help="say what a file of trees or characters holds")
    reading.add_argument("file", type=Path)
    dating = commands.add_parser("date", help="date a tree by a table of first and last appearances")
    dating.add_argument("tree", type=Path)
    dating.add_argument("ages", type=Path)
    dating.add_argument("--method", choices=METHODS, default="basic")
    dating.add_argument(
        "--root-length", type=float, metavar="MYR", help="how much older the root is than its oldest member"
    )
    dating.add_argument(
        "--min-branch", type=float, metavar="MYR", default=1.0, help="least length of a branch, for mbl"
    )
    measuring = commands.add_parser("congruence", help="measure how a tree agrees with the rocks")
    measuring.add_argument("tree", type=Path)
    measuring.add_argument("ages", type=Path)
    comparing = commands.add_parser("compare", help="compare the trees of a file")
    comparing.add_argument("file", type=Path)
    drawing = commands.add_parser("draw", help="draw a tree as a figure for print")
    drawing.add_argument("tree", type=Path)
    drawing.add_argument(
        "ages", type=Path, nargs="?", help="first and last appearances; without them the tree is drawn as it is"
    )
    drawing.add_argument("--out", type=Path, required=True, metavar="FILE", help="ends in .svg, .pdf or .png")
    drawing.add_argument("--circular", action="store_true", help="time runs outwards from the middle")
    drawing.add_argument("--title", default="", help="stands above the tree")
    drawing.add_argument(
        "--width",
        type=float,
        default=PAGE_MM,
        metavar="MM",
        help="of the figure: 84 to 90 for most columns, 174 to 190 for a page",
    )
    drawing.add_argument("--method", choices=METHODS, default="basic")
    drawing.set_defaults(json=False)
    for command in (reading, dating, measuring, comparing):
        command.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser


def _read(given: argparse.Namespace) -> dict[str, object]:
    read = read_file(given.file)
    if read.lost and not (read.trees or read.matrices or (read.ages and read.ages.ranges)):
        raise TreeError(read.lost[0])
    return read.as_json()


def _date(given: argparse.Namespace) -> dict[str, object]:
    tree, ranges = _tree(given.tree, needs_lengths=given.method == "ruta"), _ranges(given.ages)
    dated = date_tree(tree, ranges, given.method, given.min_branch, root_length_ma=given.root_length)
    _, nodes = backbone_of(dated.tree)
    branches = [node.dist for node in nodes[1:]]
    return {
        "root_age": dated.root_age,
        "tree_length": sum(branches),
        "zero_branches": sum(branch <= 1e-9 for branch in branches),
        "node_ages": _node_ages(dated),
        "newick": write_newick(dated.tree),
        "unmatched": [newick_label(name) for name in dated.undated],
        "unused": [newick_label(name) for name in ranges if name not in dated.ranges],
    }


def _node_ages(dated: DatedTree) -> list[dict[str, object]]:
    return [
        {
            "name": newick_label(node.name),
            "age": node.age,
            "tips": sorted(newick_label(name) for name in tip_names(node)),
        }
        for node in dated.tree.traverse("preorder")
        if node.children
    ]


def _congruence(given: argparse.Namespace) -> dict[str, object]:
    found = congruence(_tree(given.tree), _ranges(given.ages))
    values = {
        "SRL": found.srl,
        "MIG": found.mig,
        "Gmin": found.g_min,
        "Gmax": found.g_max,
        "SCI": found.sci,
        "RCI": found.rci,
        "GER": found.ger,
        "MSM": found.msm,
    }
    return {name: value if value == value else None for name, value in values.items()}


def _compare(given: argparse.Namespace) -> dict[str, object]:
    trees = [named.tree for named in _read_trees(given.file).trees]
    gathered = gather(trees)
    return {
        "trees": len(trees),
        "strict_clades": _forks(strict_consensus(gathered)),
        "majority_clades": _forks(majority_consensus(gathered)),
        "rf_rooted_first_two": robinson_foulds(gathered, 0, 1) if len(trees) > 1 else None,
    }


def _draw(given: argparse.Namespace) -> dict[str, object]:
    form = given.out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise TreeError(
            message(
                "“{file}” must end in one of: {forms}.",
                file=given.out.name,
                forms=", ".join(f".{one}" for one in FORMS),
            )
        )
    least, most = WIDTHS_MM
    if not least <= given.width <= most:
        raise TreeError(
            message(
                "The width is {width} mm; it must lie between {least} and {most}.",
                width=f"{given.width:g}",
                least=f"{least:g}",
                most=f"{most:g}",
            )
        )
    dated = _to_draw(given)
    figure = draw_figure(
        dated, form, timescale=timescale(), circular=given.circular, title=given.title, width_mm=given.width
    )
    try:
        given.out.write_bytes(figure)
    except OSError as error:
        raise TreeError(
            message("{file} cannot be written: {why}.", file=str(given.out), why=error.strerror or str(error))
        ) from error
    return {
        "file": str(given.out),
        "tips": len(dated.ranges),
        "undated": [newick_label(name) for name in dated.undated],
    }


def _to_draw(given: argparse.Namespace) -> DatedTree:
    if given.ages is not None:
        tree = _tree(given.tree, needs_lengths=given.method == "ruta")
        return date_tree(tree, _ranges(given.ages), given.method)
    named = _first_tree(given.tree)
    return by_lengths(named.tree) if named.has_lengths else by_steps(named.tree)


def _forks(tree: Tree) -> int:
    return sum(1 for node in tree.traverse() if node.children)


def _tree(file: Path, *, needs_lengths: bool = False) -> Tree:
    first = _first_tree(file)
    if needs_lengths and not first.has_lengths:
        raise TreeError(message("The method “ruta” needs a tree with branch lengths; {file} has none.", file=file.name))
    return first.tree


def _read_trees(file: Path) -> ReadFile:
    """A file of trees; what of it is lost stands on standard error, for the result has no place for it."""
    read = read_file(file)
    if read.trees:
        for what in read.lost:
            print(f"{file.name}: {what}", file=sys.stderr)
    return read


def _first_tree(file: Path) -> NamedTree:
    read = _read_trees(file)
    if not read.trees:
        raise TreeError(read.lost[0] if read.lost else message("There is no tree in {file}.", file=file.name))
    return read.trees[0]


def _ranges(file: Path) -> Mapping[str, TaxonRange]:
    table = read_file(file).ages
    if table is None:
        raise TreeError(message("{file} is no table of first and last appearances (FAD, LAD).", file=file.name))
    return table.ranges


def _print(result: Mapping[str, object]) -> None:
    for name, value in result.items():
        for line in value if isinstance(value, list) else [value]:
            print(f"{name}: {line}")


_COMMANDS = {"read": _read, "date": _date, "congruence": _congruence, "compare": _compare, "draw": _draw}

if __name__ == "__main__":
    sys.exit(main())
