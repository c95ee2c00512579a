"""The read API without its server: what may be asked, the answers as plain mappings, and their description as OpenAPI.

Names are Darwin Core terms, parameters those of a search's link. Everything is read through `catalogue.finding` and
`catalogue.searching.facets` for a given person; `screens.api_routes` puts it behind addresses.
"""
