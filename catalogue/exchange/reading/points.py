"""Where a place of a map lies: its point, and columns beside it that say the same.

On a map people move points, and the columns beside them stay as they were, so the point counts; a column that says the same in more
digits counts too, for many programs round points. Columns that say the same in fewer digits were rounded, and no point was moved.
"""

from collections.abc import Mapping
from typing import Any

from catalogue.messages import Message, message

LATITUDE, LONGITUDE = "decimalLatitude", "decimalLongitude"
_ROUNDED = 1e-6
"""Degrees that rounding may move a point; some ten centimetres."""
_FEWEST_DECIMALS = 2
"""Decimals of degrees with which a column still names a place; some kilometre."""


class Points:
    """Tells of each place where it lies, and counts those whose point lies elsewhere than the columns beside it say."""

    def __init__(self) -> None:
        self.moved = 0

    def latitude_and_longitude(self, point: tuple[Any, Any], written: tuple[Any, Any]) -> tuple[Any, Any]:
        """What counts of a point and of the columns beside it, either of which may be blank, or no numbers."""
        if not _is_said(point):
            return written
        if not _is_said(written):
            return point
        if _are_alike(point, written):
            return written
        self.moved += not _is_rounded(written, point)
        return point

    def placed(self, cells: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
        """The cells of a place with what its shape tells."""
        if LATITUDE not in told:
            return {**cells, **told}
        written = cells.get(LATITUDE), cells.get(LONGITUDE)
        both = self.latitude_and_longitude((told[LATITUDE], told[LONGITUDE]), written)
        return {**cells, **dict(zip((LATITUDE, LONGITUDE), both, strict=True))}

    def notes(self) -> tuple[Message, ...]:
        """What a person should know."""
        if not self.moved:
            return ()
        said = message(
            "Places whose point lies elsewhere than decimalLatitude and decimalLongitude say: {count}. The point is taken.",
            count=self.moved,
        )
        return (said,)


def _is_said(both: tuple[Any, Any]) -> bool:
    return any(one not in (None, "") for one in both)


def _are_alike(point: tuple[Any, Any], written: tuple[Any, Any], *, within: float = _ROUNDED) -> bool:
    try:
        return all(abs(float(one) - float(other)) <= within for one, other in zip(point, written, strict=True))
    except (TypeError, ValueError, OverflowError):
        return False


def _is_rounded(written: tuple[Any, Any], point: tuple[Any, Any]) -> bool:
    """Whether columns say what a point does in fewer digits."""
    decimals = max(len(str(one).partition(".")[2]) for one in written)
    return decimals >= _FEWEST_DECIMALS and _are_alike(point, written, within=0.5 * 10**-decimals + _ROUNDED)
