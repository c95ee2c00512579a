"""The frame of every page: navigation, language, style; then the page itself."""

import streamlit as st

from screens import pages
from screens.parts import keystrokes, style, who
from screens.parts.picture import still
from screens.words import LANGUAGES, language, speaking

st.set_page_config(page_title="Bonebed", page_icon=style.icon(), layout="wide")
st.session_state.setdefault("lang", LANGUAGES[language()])
page = pages.navigate()
style.apply()
with st.container(key="language"):
    st.segmented_control(
        "Language · 语言",
        list(LANGUAGES.values()),
        key="lang",
        bind="query-params",
        label_visibility="collapsed",
        required=True,
    )
    still("", key="spoken", language=language())  # tells screen readers the language, on pages without a picture too
with speaking(language()):  # asked for once, not for each of the thousand words of a page
    who.show(page.url_path)
    page.run()
    keystrokes.tidy()
