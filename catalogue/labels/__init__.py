"""Labels and reports to print: layouts, sheets with exact positions in mm, a PDF, and the same drawing for the screen.

A layout turns a record into marks (`marks`), which two pens set down: `printing` as a PDF, `preview` as an SVG with the very
outlines that will be printed. Nothing here knows the screens.
"""
