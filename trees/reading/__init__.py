"""Reading published trees, matrices and tables of ages: forgiving, and open about what was mended."""

from trees.reading.newick import read_newick

__all__ = ["read_newick"]
