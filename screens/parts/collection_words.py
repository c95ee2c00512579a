"""What the parts of the description of the collection are called."""

from collections.abc import Mapping

from screens.words import marked

FIELDS: Mapping[str, str] = {
    "title": marked("Title of the collection"),
    "organization": marked("Published by (museum)"),
    "description": marked("A few sentences about it"),
    "contact": marked("Who answers questions (name)"),
    "email": marked("Their e-mail address"),
    "license": marked("Terms of use, where a record does not say"),
}
