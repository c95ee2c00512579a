"""By what the tips of a tree are coloured: their first epoch, their clade, or a field that the specimens of each share."""

from collections.abc import Mapping

from catalogue import database
from catalogue.countries import country_name
from catalogue.sharing import FIELDS, shared_values
from catalogue.vocabularies.places import KINDS
from screens.parts import vocabulary, who
from screens.parts.form_fields import LABELS
from screens.parts.tree_source import Shown
from screens.words import _, language, marked
from trees.model import tip_names
from trees.paints import Paints, paint_clades, paint_values

EPOCH, CLADE = "epoch", "clade"
_OWN: Mapping[str, str] = {EPOCH: marked("First epoch"), CLADE: marked("Clade"), "dataset_name": marked("Collection")}
CHOICES = (EPOCH, CLADE, *FIELDS)


def label(choice: str, *, timed: bool = True) -> str:
    """What a choice is called; without dates nothing has a first epoch, and all is of one colour."""
    if choice == EPOCH and not timed:
        return _("One colour")
    return _(_OWN[choice]) if choice in _OWN else _(LABELS[choice])


def paints(shown: Shown, choice: str) -> Paints | None:
    """The colours; None where the epochs give them, or nothing does."""
    if choice == CLADE:
        return paint_clades(shown.known)
    if choice not in FIELDS:
        return None
    taxa = {name: shown.taxon_of(name).split(" ")[0] for name in tip_names(shown.dated.tree)}
    with database.reading() as connection:
        found = shared_values(connection, set(taxa.values()), choice, who=who.who())
    several = _("several")
    values = {
        name: _written(choice, found[taxon][0]) if found[taxon][1] else several
        for name, taxon in taxa.items()
        if taxon in found
    }
    return paint_values(values, _("others"))


def _written(field: str, value: str) -> str:
    if field == "country_code":
        return country_name(value, language())
    return vocabulary.word(field, value) if field in KINDS else value
