"""What people keep for themselves: notes on records, and lists of specimens for a lesson, a thesis or a shelf.

Each function takes who asks and reaches that person's own rows alone; there is none by which anybody, an administrator included, reads
another's. None of it is part of a record: not of its history, its files, its labels or the search of others.
"""
