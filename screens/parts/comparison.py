"""Two versions of a record side by side, as HTML: what differs is marked in words, in colour and by its line through or under it."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from catalogue.comparing import FieldDifference, Pair, Run, entries, word_by_word
from screens.parts import history_words
from screens.words import _, marked

_KINDS = {
    "same": marked("as it was"),
    "changed": marked("changed"),
    "added": marked("added"),
    "taken out": marked("taken out"),
}
_Sides = tuple[str, str]


def comparison(fields: Sequence[FieldDifference], titles: _Sides) -> str:
    """A table of fields, each as it was in the one version and in the other.

    Parameters
    ----------
    titles : tuple of str
        What the two versions are called.
    """
    head = "".join(f'<th scope="col">{escape(title)}</th>' for title in (_("Field"), *titles))
    body = "".join(_row(one, titles) for one in fields)
    return f'<table class="versions"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _row(one: FieldDifference, titles: _Sides) -> str:
    mark = "" if one.kind == "same" else f'<small class="what">{escape(_(_KINDS[one.kind]))}</small>'
    listed = [value for value in (one.before, one.after) if isinstance(value, list)]
    sides = _lists(one.name, one.before or [], one.after or []) if listed else _texts(one)  # type: ignore[arg-type]
    cells = "".join(
        f'<td data-title="{escape(title)}">{side or "<i>–</i>"}</td>' for title, side in zip(titles, sides, strict=True)
    )
    name = escape(history_words.field(one.name))
    return f'<tr class="{one.kind.replace(" ", "-")}"><th scope="row">{name}{mark}</th>{cells}</tr>'


def _texts(one: FieldDifference) -> _Sides:
    return _marked(history_words.text(one.before), history_words.text(one.after))


def _marked(before: str, after: str) -> _Sides:
    old, new = word_by_word(before, after)
    return _runs(old, "del"), _runs(new, "ins")


def _runs(runs: Iterable[Run], tag: str) -> str:
    return "".join(escape(run.text) if run.shared else f"<{tag}>{escape(run.text)}</{tag}>" for run in runs)


def _lists(name: str, before: Sequence[Mapping[str, object]], after: Sequence[Mapping[str, object]]) -> _Sides:
    """Entries that belong together, at the same place on both sides."""
    pairs = entries(before, after)
    old = "".join(_entry(name, pair, 0) for pair in pairs if pair.before is not None)
    new = "".join(_entry(name, pair, 1) for pair in pairs if pair.after is not None)
    return (f"<ul>{old}</ul>" if old else "", f"<ul>{new}</ul>" if new else "")


def _entry(name: str, pair: Pair, side: int) -> str:
    texts = [history_words.entry(name, held or {}) for held in (pair.before, pair.after)]
    lines = []
    for field in dict.fromkeys([*texts[1], *texts[0]]):
        told = _marked(texts[0].get(field, ""), texts[1].get(field, ""))[side]
        if told:
            lines.append(f"<span><small>{escape(history_words.field_of_list(name, field))}</small> {told}</span>")
    said = "" if pair.kind == "same" else f'<small class="what">{escape(_(_KINDS[pair.kind]))}</small>'
    return f'<li class="{pair.kind.replace(" ", "-")}">{said}{"".join(lines)}</li>'
