"""Take the tree on the screen along: as a file for other programs, as a table of ages, or as a figure for print.

Figures are drawn off the page's own thread: the page stays alive meanwhile, and who does not want to wait can stop.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Event
from time import monotonic

import streamlit as st

from catalogue.geological_time import timescale
from catalogue.messages import CatalogueError, Message, message
from screens.words import _, as_typed, language, marked, say
from trees.dating import DatedTree
from trees.errors import TreeError
from trees.figures import COLUMN_MM, FORMS, HEIGHT_MM, PAGE_MM, ROW_MM, Form, Stopped, draw_figure
from trees.model import Tree, copy_tree
from trees.reading.outcomes import NamedTree
from trees.undated import STEPS, has_time
from trees.words import WORDS
from trees.writing import write_newick
from trees.writing.markup import write_nexml, write_phyloxml
from trees.writing.newick import has_support
from trees.writing.nexus import write_nexus
from trees.writing.node_ages import write_node_ages

_DRAWERS = ThreadPoolExecutor(4, thread_name_prefix="figure")
_DRAWING = "figure_drawing"
_TYPES: Mapping[Form, str] = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
_WIDTHS = {PAGE_MM: marked("Page of a journal (174 mm)"), COLUMN_MM: marked("Column of a journal (84 mm)")}


@dataclass(frozen=True)
class FileKind:
    """A kind of file: what it is called and good for, how its name ends, and how it is written."""

    label: str
    purpose: Message
    suffix: str
    media_type: str
    write: Callable[[NamedTree, DatedTree], str]


KINDS: Mapping[str, FileKind] = {
    "newick": FileKind(
        "Newick",
        message("One line of text. Nearly every program reads it."),
        "nwk",
        "text/plain",
        lambda named, _dated: _newick(named),
    ),
    "nexus": FileKind(
        "NEXUS",
        message("For Mesquite, MrBayes, BEAST and PAUP."),
        "nex",
        "text/plain",
        lambda named, _dated: write_nexus([named]),
    ),
    "phyloxml": FileKind(
        "phyloXML",
        message("XML, with names, lengths, support and ages in elements of their own."),
        "xml",
        "application/xml",
        lambda named, _dated: write_phyloxml([named]),
    ),
    "nexml": FileKind(
        "NeXML",
        message("XML, as TreeBASE and Dryad keep it."),
        "nexml.xml",
        "application/xml",
        lambda named, _dated: write_nexml([named]),
    ),
    "ages": FileKind(
        "CSV",
        message("A table of all nodes with their ages, for a spreadsheet or for R."),
        "csv",
        "text/csv",
        lambda _named, dated: write_node_ages(dated.tree, dated.ranges),
    ),
}


@dataclass
class _Drawing:
    """A figure that is being drawn or is done."""

    wanted: tuple[object, ...]
    future: Future[bytes]
    stop: Event
    begun: float


def offer(
    dated: DatedTree, *, title: str, circular: bool = False, news: Mapping[str, Sequence[str]] | None = None
) -> None:
    """The panel, folded away until somebody wants it.

    Parameters
    ----------
    dated : DatedTree
        As on the screen; also one of `trees.undated`.
    title : str
        Of the tree, for the files' names and above the figure.
    circular : bool
        Whether it is shown as a circle, which the figure then begins with.
    news : mapping of str to sequence of str
        Names of the new features on the branch to a clade, for the figure.
    """
    with st.expander(_("Take this tree along"), key="take_tree_along", on_change="rerun") as folded:
        if not folded.open:
            return
        data, figure = st.tabs([_("For other programs"), _("Figure for print")], key="take_tree_tabs")
        with data:
            _offer_files(dated, title)
        with figure:
            _offer_figure(dated, title, circular, news or {})


def _offer_files(dated: DatedTree, title: str) -> None:
    kinds = [name for name in KINDS if name != "ages" or has_time(dated)]
    name = st.selectbox(
        _("Kind of file"),
        kinds,
        format_func=lambda name: _("CSV table of node ages") if name == "ages" else KINDS[name].label,
        key="tree_file_kind",
    )
    kind = KINDS[name]
    st.caption(say(kind.purpose))
    st.download_button(
        _("Download"),
        partial(written, dated, title, name),
        file_name=f"{file_stem(title)}.{kind.suffix}",
        mime=kind.media_type,
        on_click="ignore",
        key="tree_file",
        type="primary",
    )


def written(dated: DatedTree, title: str, kind: str) -> str:
    """The tree as a file of one of `KINDS`."""
    tree = dated.tree if has_time(dated) else _without_ages(dated.tree)
    return KINDS[kind].write(NamedTree(title, tree, True, dated.method != STEPS), dated)


def _newick(named: NamedTree) -> str:
    return write_newick(named.tree, lengths=named.has_lengths, support=has_support(named.tree), annotations=True) + "\n"


def _without_ages(tree: Tree) -> Tree:
    """A copy for writing: what places the nodes of an undated drawing is no age."""
    copied = copy_tree(tree)
    for node in copied.traverse("preorder"):
        node.del_feature("age")
    return copied


def file_stem(title: str) -> str:
    """A title as the name of a file: letters and digits of any script, with hyphens."""
    return "-".join(re.findall(r"[^\W_]+", title))[:60] or "tree"


def _offer_figure(dated: DatedTree, title: str, circular: bool, news: Mapping[str, Sequence[str]]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = st.segmented_control(
            _("File"), list(FORMS), format_func=str.upper, key="figure_form", default="pdf", required=True
        )
        round_ = st.segmented_control(
            _("Shape"),
            [False, True],
            format_func=lambda one: _("Circle") if one else _("Rows"),
            key="figure_round",
            default=circular,
            required=True,
        )
    width = st.selectbox(_("Width"), list(_WIDTHS), format_func=lambda one: _(_WIDTHS[one]), key="figure_width")
    heading = st.text_input(_("Title above the figure"), value=title, key=f"figure_title_{file_stem(title)}")
    assert form is not None
    height = ROW_MM * len(dated.ranges)
    if height > HEIGHT_MM and not round_:
        st.caption(
            _(
                "{n} tips in rows need {height} mm, and a page of a journal is some {page} mm high. A circle fits on it, and so does one group alone."
            ).format(n=len(dated.ranges), height=f"{round(height, -1):.0f}", page=round(HEIGHT_MM))
        )
    wanted = (_mark(dated), form, round_, width, heading, language(), bool(news))
    drawing: _Drawing | None = st.session_state.get(_DRAWING)
    if drawing is not None and drawing.wanted != wanted:
        drawing.stop.set()
        drawing = st.session_state[_DRAWING] = None
    if drawing is None:
        st.caption(_("Drawn anew for print, which takes some seconds."))
        if st.button(_("Draw the figure"), key="draw_figure", type="primary"):
            _begin(wanted, dated, form, bool(round_), width, heading, news)
            st.rerun()
        return
    _watch(drawing, form, title)


def _mark(dated: DatedTree) -> int:
    """Tells one tree on the screen from another; the same one is made anew with each run of the page."""
    return hash((dated.method, dated.min_branch_ma, dated.root_age, tuple(dated.ranges.items())))


def _begin(
    wanted: tuple[object, ...],
    dated: DatedTree,
    form: Form,
    circular: bool,
    width: float,
    heading: str,
    news: Mapping[str, Sequence[str]],
) -> None:
    stop = Event()
    draw = partial(
        draw_figure,
        dated,
        form,
        timescale=timescale(),
        circular=circular,
        width_mm=width,
        title=heading,
        language=language(),
        news=news,
        names={name: _(word) for name, word in WORDS.items()},
        stop=stop,
    )
    st.session_state[_DRAWING] = _Drawing(wanted, _DRAWERS.submit(draw), stop, monotonic())


def _watch(drawing: _Drawing, form: Form, title: str) -> None:
    """Look twice a second while it is drawn; then show it."""
    if not drawing.future.done():
        st.fragment(_wait, run_every=0.5)(drawing)
        return
    try:
        figure = drawing.future.result()
    except Stopped:
        st.session_state[_DRAWING] = None
        st.rerun()
    except (CatalogueError, TreeError) as error:
        st.warning(as_typed(say(error.message)))
        if st.button(_("Try again"), key="draw_figure_again"):
            st.session_state[_DRAWING] = None
            st.rerun()
        return
    if form == "png":
        st.image(figure)
    st.download_button(
        _("Download the figure"),
        figure,
        file_name=f"{file_stem(title)}.{form}",
        mime=_TYPES[form],
        on_click="ignore",
        key="figure_file",
        type="primary",
    )


def _wait(drawing: _Drawing) -> None:
    if drawing.future.done():
        st.rerun()
    seconds = int(monotonic() - drawing.begun)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("Drawing … {seconds} s").format(seconds=seconds))
        if st.button(_("Stop"), key="stop_figure"):
            drawing.stop.set()
            st.session_state[_DRAWING] = None
            st.rerun()
