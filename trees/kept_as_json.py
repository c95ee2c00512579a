"""Messages and matrices as JSON, as the library keeps them."""

from collections.abc import Mapping
from typing import Any

from catalogue.messages import Message
from trees.matrices import Character, Matrix


def message_as_json(said: Message) -> dict[str, object]:
    """A message as it is kept, so that it can be read in any language later."""
    values = {
        name: message_as_json(value) if isinstance(value, Message) else value for name, value in said.values.items()
    }
    return {"template": said.template, "values": values}


def message_of(held: Mapping[str, Any]) -> Message:
    """A message as it was kept."""
    values = {
        name: message_of(value) if isinstance(value, Mapping) else value for name, value in held["values"].items()
    }
    return Message(held["template"], values)


def matrix_as_json(matrix: Matrix) -> dict[str, object]:
    """A matrix as it is kept."""
    return {
        "taxa": list(matrix.taxa),
        "cells": [list(row) for row in matrix.cells],
        "characters": [
            {"name": one.name, "states": dict(one.states), "ordered": one.ordered} for one in matrix.characters
        ],
        "title": matrix.title,
        "continuous": matrix.continuous,
    }


def matrix_of(held: Mapping[str, Any]) -> Matrix:
    """A matrix as it was kept."""
    return Matrix(
        tuple(held["taxa"]),
        tuple(map(tuple, held["cells"])),
        tuple(Character(one["name"], one["states"], one["ordered"]) for one in held["characters"]),
        held["title"],
        held["continuous"],
    )
