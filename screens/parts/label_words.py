"""What a label says in its own way is offered as the catalogue writes it, with a button, and never set unasked."""

from collections.abc import Callable

import streamlit as st

from catalogue.label_dates import iso_day
from catalogue.taxonomy import taxonomy
from screens.words import _

Use = Callable[[str], None]


def offer_name(written: str, use: Use, key: str) -> None:
    """Offer the scientific name of what people call so: Lufengosaurus for 禄丰龙 and for 许氏禄丰龙."""
    _offer(written, taxonomy().called(written), use, key)


def offer_date(written: str, use: Use, key: str) -> None:
    """Offer a day as the catalogue writes it: 2024-05 for 2024年5月."""
    _offer(written, iso_day(written), use, key)


def _offer(written: str, meant: str, use: Use, key: str) -> None:
    if meant and meant != written.strip():
        st.button(_("Write {text}").format(text=meant), key=key, on_click=use, args=(meant,))
