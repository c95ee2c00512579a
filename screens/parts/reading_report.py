"""What reading a file of trees found, mended and lost, for people."""

from collections.abc import Sequence

import streamlit as st

from catalogue.messages import Message
from screens.words import _, as_typed, marked, say, several
from trees.matrices import Matrix

_MOST = 100
_AGES = marked("table of ages")


def tell(
    format_: str,
    found: int,
    read: int,
    matrices: Sequence[Matrix],
    mended: Sequence[Message],
    lost: Sequence[Message],
    doubts: Sequence[Message] = (),
) -> None:
    """How much of a file was read, and each thing that was mended, lost or doubted, with its place."""
    parts = [_(_AGES) if format_ == _AGES else format_]
    if found:
        trees = several("{n} tree", "{n} trees", found)
        parts.append(_("{read} of {trees} read").format(read=f"{read:,}", trees=trees))
    parts += [
        _("matrix of {taxa} taxa × {characters} characters").format(taxa=len(one.taxa), characters=len(one.characters))
        for one in matrices
    ]
    st.markdown(" · ".join(f"**{as_typed(part)}**" for part in parts))
    _list(lost, several("{n} thing could not be read", "{n} things could not be read", len(lost)), open_=True)
    _list(doubts, several("{n} thing contradicts itself", "{n} things contradict themselves", len(doubts)))
    _list(mended, several("{n} thing was put right", "{n} things were put right", len(mended)))


def _list(told: Sequence[Message], title: str, *, open_: bool = False) -> None:
    if not told:
        return
    with st.expander(title, expanded=open_):
        lines = list(dict.fromkeys(as_typed(say(one)) for one in told))
        st.markdown("\n".join(f"- {line}" for line in lines[:_MOST]))
        if len(lines) > _MOST:
            st.caption(_("and {number} more").format(number=f"{len(lines) - _MOST:,}"))
