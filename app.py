"""Starts Bonebed: `python -m streamlit run app.py`.

One process serves the screens, Leaflet's files for the maps and the security headers. Before the first visitor comes, the
database is opened and everything heavy is imported; then the garbage collector is told to leave all that alone, which makes
each click some 100 ms faster.
"""

from pathlib import Path

import streamlit as st

from screens import serving, signing_in

signing_in.refuse_strangers()

app = st.App(
    Path(__file__).parent / "screens" / "front.py",
    routes=serving.routes(),
    middleware=serving.middleware(),
    lifespan=serving.warm_and_freeze,
    on_script_error=serving.report_error,
)

if __name__ == "__main__":
    app.run()
