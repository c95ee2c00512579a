"""Maps of places then and now, drawn with Folium from files that Bonebed serves itself.

Nothing here asks another server for anything: the scripts of Leaflet, the outlines of the land and the marks all come from
the machine that runs Bonebed. The package uses the catalogue and knows nothing of trees or screens.
"""
