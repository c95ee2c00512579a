"""Lessons for a class, made of what the catalogue, the maps and the trees hold.

Uses the catalogue, the maps and the trees; knows nothing of Streamlit.
"""
