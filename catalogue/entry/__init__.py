"""Entering specimens: drafts that are not saved yet, values carried forward, templates, and the number that comes next."""
