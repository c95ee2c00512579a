"""The specimens that belong with one, for its report: the same company from either end, as on the page of the record."""

from collections.abc import Iterator, Mapping

from catalogue.labels import contents
from catalogue.labels.contents import Content
from catalogue.messages import Message, message
from catalogue.records import Specimen
from catalogue.relations import Panel, Related

KINDS: Mapping[str, Message] = {
    "part of": message("part of"),
    "has part": message("has part"),
    "counterpart of": message("counterpart of"),
    "cast of": message("cast of"),
    "has cast": message("has cast"),
    "same individual as": message("same individual as"),
    "on the same slab as": message("on the same slab as"),
    "published as": message("published as"),
    "publication of": message("publication of"),
}
_THROUGH = message("and, through these,")
_REMOVED = message("removed from the catalogue")


def company(content: Content, panel: Panel) -> list[tuple[str, str]]:
    """Lines of a report: how each specimen belongs to this one, and which it is; those reached through others come last."""
    direct = [(content.named(KINDS[one.kind]), _told(content, one)) for one in panel.direct]
    further = "\n".join(_called(content, one) for one in panel.through_others)
    return [*direct, *([(content.named(_THROUGH), further)] if further else [])]


def _told(content: Content, one: Related) -> str:
    return "\n".join(_lines(content, one))


def _lines(content: Content, one: Related) -> Iterator[str]:
    if one.specimen is not None:
        yield _called(content, one.specimen)
    elif one.occurrence_id:
        yield f"{one.occurrence_id} ({content.named(_REMOVED)})"
    else:
        yield one.text
    if one.remarks:
        yield one.remarks


def _called(content: Content, specimen: Specimen) -> str:
    other = Content(specimen, content.words, "", content.translate)
    known = (contents.number(other), specimen.verbatim_identification)
    return " · ".join(text for text in known if text)
