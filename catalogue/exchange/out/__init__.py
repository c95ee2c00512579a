"""Everything goes out: found records as files for people, for programs, for other museums and for GBIF.

`kinds` lists the files that can be made, `writing` is the door; each kind has a module of its own.
"""
