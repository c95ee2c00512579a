"""The file of rejected rows as text."""

import io

from catalogue.exchange.outcomes import Outcomes
from catalogue.exchange.rejects import Translate, write_rejects


def rejects_csv(outcomes: Outcomes, translate: Translate = str) -> str:
    """The rejected rows of a preview or a report."""
    text = io.StringIO(newline="")
    write_rejects(outcomes, text, translate)
    return text.getvalue()
