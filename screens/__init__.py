"""What people see: one module per screen, parts that several share, and the words in both languages.

The only package that imports Streamlit. Screens ask `catalogue`, `trees` and `maps`; nothing below asks a screen.
"""
