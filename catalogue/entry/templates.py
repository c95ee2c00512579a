"""Templates: values of chosen fields under a name, such as a site with its rock and age, for specimens that share them.

A template is its maker's own, or shared with everybody who may add specimens. Its maker renames and deletes it; a curator may do so
with any shared one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from catalogue.messages import CatalogueError, message
from catalogue.people.accounts import now, stamp
from catalogue.rights import Person, may, require
from catalogue.tables import entry_templates

LONGEST_NAME = 80
"""Characters of a name."""


class InvalidTemplate(CatalogueError):
    """A template cannot be kept under that name, or holds nothing."""


@dataclass(frozen=True)
class Template:
    """Values for some fields of the form.

    Parameters
    ----------
    name : str
        By which people know it; unique for its maker.
    login : str
        Its maker.
    shared : bool
        Whether others see and apply it.
    fields : mapping of str to str
        What it puts into the form.
    saved_at : str
        When, ISO 8601 in UTC.
    """

    name: str
    login: str
    shared: bool
    fields: Mapping[str, str]
    saved_at: str


def save(
    connection: Connection, who: Person, name: str, fields: Mapping[str, str], *, shared: bool = False
) -> Template:
    """Keep a template; one of the same person and name is replaced.

    Parameters
    ----------
    connection : Connection
        In a transaction (`writing`).
    who : Person
        Its maker.
    name : str
        Spaces around it do not count.
    fields : mapping of str to str
        Blank values are left out.

    Raises
    ------
    NotAllowed
        When the person may not add specimens.
    InvalidTemplate
        When the name is blank or too long, or no field has a value.
    """
    require(who, "add")
    held = {field: text for field, text in fields.items() if text}
    if not held:
        raise InvalidTemplate(message("Choose at least one field that has a value."))
    template = Template(_good_name(name), who.login, shared, held, stamp(now()))
    connection.execute(delete(entry_templates).where(_is(template)))
    connection.execute(
        insert(entry_templates).values(
            name=template.name, login=who.login, shared=shared, fields=held, saved_at=template.saved_at
        )
    )
    return template


def all_for(connection: Connection, who: Person) -> list[Template]:
    """The templates that a person sees: their own and the shared ones, by name.

    Raises
    ------
    NotAllowed
        When the person may not add specimens.
    """
    require(who, "add")
    column = entry_templates.c
    wanted = or_(column.login == who.login, column.shared.is_(True))
    rows = connection.execute(select(*(column[name] for name in Template.__dataclass_fields__)).where(wanted))
    return sorted((Template(**row._mapping) for row in rows), key=lambda one: (one.name.casefold(), one.login))


def may_change(who: Person, template: Template) -> bool:
    """Whether a person may rename and delete a template."""
    return template.login == who.login or (template.shared and may(who, "remove"))


def rename(connection: Connection, who: Person, template: Template, name: str) -> None:
    """Give a template another name.

    Raises
    ------
    NotAllowed
        When it is somebody else's and the person is no curator.
    InvalidTemplate
        When the name is blank or too long, or its maker has another template of that name.
    """
    _require_change(who, template)
    name = _good_name(name)
    if name == template.name:
        return
    column = entry_templates.c
    taken = select(column.id).where(column.login == template.login, column.name == name)
    if connection.scalar(taken) is not None:
        raise InvalidTemplate(message("There is already a template “{name}”.", name=name))
    connection.execute(update(entry_templates).where(_is(template)).values(name=name))


def forget(connection: Connection, who: Person, template: Template) -> None:
    """Delete a template; one that is not there any more is no error.

    Raises
    ------
    NotAllowed
        When it is somebody else's and the person is no curator.
    """
    _require_change(who, template)
    connection.execute(delete(entry_templates).where(_is(template)))


def _require_change(who: Person, template: Template) -> None:
    """What is not shared is nobody else's business, a curator's neither."""
    require(who, "add")
    if not may_change(who, template):
        require(who, "remove")
        raise InvalidTemplate(message("The template “{name}” belongs to somebody else.", name=template.name))


def _is(template: Template) -> ColumnElement[bool]:
    return and_(entry_templates.c.login == template.login, entry_templates.c.name == template.name)


def _good_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidTemplate(
            message(
                "Give the template a name of at most {most} characters, so that you find it again.", most=LONGEST_NAME
            )
        )
    return name
