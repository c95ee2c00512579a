"""Outlines as short texts: the steps from corner to corner as letters, a quarter of what GeoJSON takes; `walked` in `leaflet/bonebed.js` reads them.

References
----------
Google Maps Platform, Encoded Polyline Algorithm Format.
"""

import numpy as np
import numpy.typing as npt


def encoded(corners: npt.NDArray[np.float64], per_degree: int) -> str:
    """A line as text.

    Parameters
    ----------
    corners : array of shape (n, 2)
        Longitude and latitude, degrees WGS84.
    per_degree : int
        Into how many steps a degree is divided: 100 is good to a kilometre, 1000 to a hundred metres.

    Returns
    -------
    str
        Longitude and latitude of the first corner, then the way to each next one.
    """
    steps = np.diff(np.rint(corners * per_degree).astype(int), axis=0, prepend=np.zeros((1, 2), int))
    return "".join(map(_letters, steps.ravel().tolist()))


def _letters(number: int) -> str:
    """A whole number as letters of five bits each, the lowest first; its sign is the lowest bit of all."""
    left, letters = ~(number << 1) if number < 0 else number << 1, ""
    while left >= 32:
        letters += chr((left & 31 | 32) + 63)
        left >>= 5
    return letters + chr(left + 63)
