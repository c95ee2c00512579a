"""What the server puts before each of its addresses, where it does not have a host to itself."""

import streamlit as st


def prefix() -> str:
    """The setting ``server.baseUrlPath`` as the beginning of a path: ``/bones``; blank as shipped."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""
