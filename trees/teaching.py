"""The small matrix that ships with Bonebed: twelve characters that a class can see on skeletons, from dinosaurs to birds."""

from dataclasses import dataclass
from functools import cache

from catalogue.facts import FACTS, read_facts, several
from trees.matrices import Character, Matrix
from trees.reading.files import read_file

_TABLE = "characters/dinosaurs_to_birds.tsv"
_CELLS = "characters/dinosaurs_to_birds.nex"


@dataclass(frozen=True)
class TeachingMatrix:
    """A matrix with its sources.

    Parameters
    ----------
    matrix : Matrix
        With the names of characters and states in one language.
    sources : tuple of tuple of str
        Keys of the publications, for each character.
    """

    matrix: Matrix
    sources: tuple[tuple[str, ...], ...]


@cache
def teaching_matrix(language: str = "en") -> TeachingMatrix:
    """The matrix, its characters named in a language: ``en`` or ``zh``."""
    rows = read_facts(_TABLE)
    bare = read_file(FACTS / _CELLS).matrices[0]
    prefix = "zh_" if language == "zh" else ""
    characters = tuple(
        Character(
            row[f"{prefix}name"],
            {str(number): words for number, words in enumerate(several(row[f"{prefix}states"]))},
            row["ordered"] == "yes",
        )
        for row in rows
    )
    return TeachingMatrix(
        Matrix(bare.taxa, bare.cells, characters), tuple(several(row["reference"]) for row in rows)
    )  # fmt: skip
