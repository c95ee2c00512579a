"""What publications say apart from finds: rock units with their ages, localities, and names of taxa.

They stand beside the catalogue, never in it: no specimen gets its age, its place or its name from here by itself. They suggest an age in
the form, tell what else was found at a site, and say how a name is used now. `entries` holds what they are, `keeping` writes them with
their history, `reading` finds them.
"""
