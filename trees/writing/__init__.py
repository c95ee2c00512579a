"""Write trees for other programs: Newick, NEXUS, phyloXML, NeXML, and a table of the ages of nodes.

All walks are loops. Biopython's writers call themselves for each branch and fail on ladders of a thousand tips; its Newick
writer cuts lengths to five decimals. The tests read with Biopython what is written here.
"""

from trees.writing.newick import newick_label, write_newick

__all__ = ["newick_label", "write_newick"]
