"""What stands beside a map: how many finds it shows, how many it cannot show and why, and the words on the map itself."""

from collections.abc import Mapping

from catalogue.messages import Message, message

_WORDS = {
    "map": message("Map of the finds"),
    "zoom_in": message("Closer"),
    "zoom_out": message("Farther away"),
    "whole": message("The whole map"),
    "finds": message("finds"),
    "museum": message("in the museum"),
    "published": message("from publications"),
    "open": message("Open the record"),
    "close": message("Close"),
    "source": message("Land: Natural Earth"),
    "towns": message("Towns: GeoNames, CC BY 4.0"),
    "equator": message("Equator"),
    "draw_box": message("Draw a box"),
    "draw_area": message("Draw an area"),
    "how_box": message("Press and drag from one corner to the other."),
    "how_area": message("Press at each corner; at the first one again when done."),
    "finish": message("Done"),
    "cancel": message("Leave"),
    "so_many": message("finds: {finds}, places: {places}.", finds="{finds}", places="{places}"),
    "mostly": message("Most of them: {what}.", what="{what}"),
    "in_hexagon": message("Finds in a hexagon:"),
    "failed": message("This part of the map could not be fetched. Move the map to try again."),
}


def map_words() -> Mapping[str, Message]:
    """The words written on a map, by what they are for.

    The screens put them into the reader's language and hand them to `maps.periods.period_map` and `points_layer`.
    """
    return _WORDS


def drawn_of(total: int, drawn: int) -> Message:
    """How many finds the map shows, and that the others have no coordinates.

    Parameters
    ----------
    total : int
        Finds that belong on the map.
    drawn : int
        Those of them that have coordinates.

    Returns
    -------
    Message
        One sentence, with a template of its own for each case of number.

    Raises
    ------
    ValueError
        When more finds are drawn than there are, or a number is negative.
    """
    if not 0 <= drawn <= total:
        raise ValueError(f"{drawn} of {total} finds cannot be drawn.")
    missing = total - drawn
    if total == 0:
        return message("There is no find to draw.")
    if total == 1:
        return message("The one find is drawn.") if drawn else message("The one find has no coordinates.")
    of_all, of_drawn, of_missing = (f"{number:,}" for number in (total, drawn, missing))
    if missing == 0:
        return message("All {total} finds are drawn.", total=of_all)
    if drawn == 0:
        return message("None of the {total} finds has coordinates, so none is drawn.", total=of_all)
    if drawn == 1 and missing == 1:
        return message("1 of 2 finds is drawn; the other has no coordinates.")
    if drawn == 1:
        return message("1 of {total} finds is drawn; {missing} have no coordinates.", total=of_all, missing=of_missing)
    if missing == 1:
        return message("{drawn} of {total} finds are drawn; 1 has no coordinates.", total=of_all, drawn=of_drawn)
    return message(
        "{drawn} of {total} finds are drawn; {missing} have no coordinates.",
        total=of_all,
        drawn=of_drawn,
        missing=of_missing,
    )
