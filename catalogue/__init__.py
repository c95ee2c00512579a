"""Specimens: what is known, who said so, how it changed, how it comes in and goes out.

This package stands alone: it imports neither `trees`, `maps` nor `screens`, and it works from a Python prompt,
a test or the command line. `catalogue.specimens` is the one door to the records.
"""
