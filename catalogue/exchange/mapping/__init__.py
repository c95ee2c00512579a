"""Tables of any museum: which column means what, what a cell says, and how a row becomes a draft.

`headings` knows the words that people write above columns, `contents` looks into the cells, `columns` joins both to a proposal that a
person can change, `values` reads ages, dates, coordinates and countries, `drafting` applies it all to a row, `extensions` reads the lists of
a Darwin Core archive, and `saved` keeps maps under a name for everybody.
"""
