"""How far apart places lie on the sphere.

References
----------
Sinnott, R. W. 1984. Virtues of the haversine. Sky and Telescope 68: 158.
"""

import numpy as np
import numpy.typing as npt


def angles(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The arcs of great circles between points, row by row, in radians.

    Parameters
    ----------
    one, other : array of float, shape (n, 2)
        Longitude and latitude in degrees; one row stands for all where the other has many.
    """
    (a, b), (c, d) = np.radians(one).T, np.radians(other).T
    half = np.sin((d - b) / 2) ** 2 + np.cos(b) * np.cos(d) * np.sin((c - a) / 2) ** 2
    arcs: npt.NDArray[np.float64] = 2 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return arcs
