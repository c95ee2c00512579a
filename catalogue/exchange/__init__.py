"""How records come in from files: one pipeline for all formats, and a module for each format.

Read the bytes (`reading`), recognise the format (`recognising`), map a row to a draft (the module of the format), judge it and keep
it (`pipeline`, through `catalogue.specimens`). A new format adds one module and one line in `recognising`.
"""
