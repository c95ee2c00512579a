"""How records come in from files and go out: one pipeline for all formats, and a module for each format.

In: read the bytes (`reading`), recognise the format (`recognising`), map a row to a draft (the module of the format; `mapping` for tables
whose columns are mapped), judge all rows (`judging`) and keep them (`pipeline`, through `catalogue.taking_over`). A new format adds one
module and one line in `recognising`. Out: `out`.
"""
