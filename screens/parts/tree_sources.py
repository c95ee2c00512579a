"""Trees and matrices that a person can choose from: those that ship with Bonebed, the library, and files held in this visit."""

from collections.abc import Iterable, Mapping

import streamlit as st

from catalogue import database
from screens.parts import trees as shown_trees
from screens.parts import who
from screens.words import _, as_typed, language, marked, say, several
from trees.errors import TreeError
from trees.kept import NoSuchTree, entries, files_with_many_trees, files_with_matrices, open_tree, original_file
from trees.library import alternative_trees, built_in_tree
from trees.matrices import Matrix
from trees.model import Tree
from trees.reading.files import read_content
from trees.reading.outcomes import ReadFile, names_apart
from trees.teaching import teaching_matrix

BUILT_IN, TEACHING = "built-in", "teaching"
_HELD, _PENDING = "held_files", "pending_choices"
_MOST_OF_A_FILE = 40
"""Trees of one file that are offered one by one; all of them are there for a consensus."""
_BUILT_IN_TITLE = marked("From the first dinosaurs to living birds")
_TEACHING_TITLE = marked("Twelve characters, from dinosaurs to birds (for a class)")


def held() -> dict[str, ReadFile]:
    """The files of this visit, by name; they are gone when the page is closed."""
    files: dict[str, ReadFile] = st.session_state.setdefault(_HELD, {})
    return files


def hold(name: str, read: ReadFile) -> None:
    """Keep a file for this visit, the latest first."""
    st.session_state[_HELD] = {name: read} | {other: file for other, file in held().items() if other != name}


def titles() -> dict[str, str]:
    """What each tree to choose from is called, by its key."""
    found = {BUILT_IN: _(_BUILT_IN_TITLE)}
    found |= {f"other:{one.key}": one.titles[language()] for one in alternative_trees()}
    with database.reading() as connection:
        found |= {f"kept:{one.key}": one.title for one in entries(connection, who.who()) if one.tips}
    for name, read in held().items():
        for number, called in enumerate(names_apart(read.trees)[:_MOST_OF_A_FILE]):
            found[f"held:{number}:{name}"] = f"{name} · {called}" if len(read.trees) > 1 else name
    return found


def tree_of(key: str) -> Tree | None:
    """A tree by its key; None when there is none, as with a link to a file of another visit. Never change it."""
    kind, _colon, rest = key.partition(":")
    if key == BUILT_IN:
        return built_in_tree().tree
    if kind == "other":
        return next((one.tree for one in alternative_trees() if one.key == rest), None)
    if kind == "kept":
        try:
            with database.reading() as connection:
                return open_tree(connection, rest, who.who()).tree
        except (NoSuchTree, TreeError):
            return None
    number, _colon, name = rest.partition(":")
    read = held().get(name)
    at = int(number) if number.isdecimal() else -1
    return read.trees[at].tree if read and 0 <= at < len(read.trees) else None


def has_lengths(key: str) -> bool:
    """Whether the branches of a tree have lengths that mean something; those of the built-in one are millions of years."""
    tree = tree_of(key)
    return key == BUILT_IN or (
        tree is not None and any(node.dist not in (0.0, 1.0) for node in tree.iter_descendants())
    )


def with_lengths(key: str) -> Tree | None:
    """A tree with the lengths of its branches: of the built-in one, as the finds date it."""
    return shown_trees.dated_now().tree if key == BUILT_IN else tree_of(key)


def sets_of_trees() -> dict[str, str]:
    """What each set of trees for a consensus is called, by its key: of a file all trees, whichever have an entry of their own."""
    found = {BUILT_IN: _("The built-in tree and its alternatives")}
    found |= {f"held:{name}": name for name, read in held().items() if len(read.trees) > 1}
    with database.reading() as connection:
        for number, name, count in files_with_many_trees(connection):
            found[f"kept:{number}"] = f"{name} · {several('{n} tree', '{n} trees', count)}"
    return found


def set_of(key: str) -> list[Tree]:
    """The trees of a set by its key. Never change them."""
    kind, _colon, name = key.partition(":")
    if kind == "held":
        return [named.tree for named in held()[name].trees]
    if kind == "kept":
        return _trees_of_file(str(database.engine().url), int(name))
    return [built_in_tree().tree, *(one.tree for one in alternative_trees())]


@st.cache_resource(max_entries=4, show_spinner=False)
def _trees_of_file(url: str, number: int) -> list[Tree]:
    """Read again; a file of the library never changes."""
    del url  # tells the files of one database from those of another
    with database.reading() as connection:
        return [named.tree for named in read_content(original_file(connection, number).content).trees]


def matrices() -> Mapping[str, str]:
    """What each matrix to choose from is called, by its key."""
    found = {TEACHING: _(_TEACHING_TITLE)}
    with database.reading() as connection:
        for number, name, title in files_with_matrices(connection):
            for at, matrix in enumerate(original_file(connection, number).matrices):
                found[f"kept:{at}:{number}"] = _called(title or name, at, matrix)
    for name, read in held().items():
        for at, matrix in enumerate(read.matrices):
            found[f"held:{at}:{name}"] = _called(name, at, matrix)
    return found


def matrix_of(key: str) -> Matrix | None:
    """A matrix by its key; None when there is none."""
    if key == TEACHING:
        return teaching_matrix(language()).matrix
    kind, _colon, rest = key.partition(":")
    number, _colon, name = rest.partition(":")
    if not number.isdecimal():
        return None
    if kind == "kept" and name.isdecimal():
        try:
            with database.reading() as connection:
                found = original_file(connection, int(name)).matrices
        except NoSuchTree:
            return None
    else:
        found = held()[name].matrices if kind == "held" and name in held() else ()
    return found[int(number)] if int(number) < len(found) else None


def _called(name: str, at: int, matrix: Matrix) -> str:
    size = _("{taxa} × {characters}").format(taxa=len(matrix.taxa), characters=len(matrix.characters))
    return f"{name} · {matrix.title or at + 1} ({size})"


def offer_upload(wanted: str) -> None:
    """A place for a file of one's own: ``trees`` or ``matrices``; what was read of it is told."""
    with st.expander(_("A file of your own")):
        st.caption(
            _(
                "Newick, NEXUS, TNT, phyloXML or NeXML. The file stays in this visit only; the page “Trees” keeps files for everybody."
            )
        )
        file = st.file_uploader(_("File"), key=f"upload_{wanted}")
        if file is None:
            return
        new = st.session_state.get("read_upload") != file.file_id
        if new:
            st.session_state["read_upload"] = file.file_id
            if not _read(file.name, file.getvalue()):
                return
        read = held().get(file.name)
        if read is not None:
            _tell(read, wanted)
        if new and read is not None:
            st.session_state[_PENDING] = _choices_for(file.name, read)
            st.rerun()


def _choices_for(name: str, read: ReadFile) -> dict[str, object]:
    """What a person who just uploaded a file wants to see: its trees and its table."""
    wanted: dict[str, object] = {}
    if read.matrices:
        wanted |= {"matrix": f"held:0:{name}", "character": 1}
    if len(read.trees) > 1:
        wanted |= {"left": f"held:0:{name}", "right": f"held:1:{name}", "set": f"held:{name}"}
    elif read.trees:
        wanted |= {"right": f"held:0:{name}"}
    return wanted


def take_up(names: Iterable[str]) -> None:
    """Choose what was just uploaded, in the widgets of a page; called before they are shown."""
    wanted: dict[str, object] = st.session_state.pop(_PENDING, {})
    for name in set(names) & set(wanted):
        st.session_state[name] = wanted[name]


def _read(name: str, content: bytes) -> bool:
    try:
        with st.spinner(_("Reading the file …")):
            hold(name, read_content(content))
    except TreeError as error:
        st.error(as_typed(say(error.message)))
        return False
    return True


def _tell(read: ReadFile, wanted: str) -> None:
    found = several("{n} tree", "{n} trees", len(read.trees))
    grids = several("{n} table of characters", "{n} tables of characters", len(read.matrices))
    st.markdown(_("Read: {trees}, {matrices}.").format(trees=found, matrices=grids))
    if not (read.trees if wanted == "trees" else read.matrices):
        st.warning(_("There is nothing in this file that this page can use."))
    for heading, told in ((_("Mended"), read.mended), (_("Lost"), read.lost)):
        if told:
            st.markdown(f"**{heading}**")
            st.markdown("\n".join(f"- {as_typed(say(one))}" for one in told[:8]))
