"""How an interval's colour looks, so that what is written on it can be read."""


def looks_dark(color: str) -> bool:
    """Whether a colour ``#RRGGBB`` looks dark to the eye, by its weighted brightness (ITU-R BT.601)."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 130


def luminance(color: str) -> float:
    """Relative luminance of a colour ``#RRGGBB``, from 0 (black) to 1 (white).

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2.
    """
    parts = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
