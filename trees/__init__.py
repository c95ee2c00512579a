"""Phylogenies: read, date, compare and draw the tree that leads from the first dinosaurs to living birds.

Each tree is an `ete3.Tree`; functions here leave the trees they are given as they are and return new ones. Ages are in Ma,
older first. Nothing in this package knows a screen, and nothing needs Qt.
"""
