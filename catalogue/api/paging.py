"""A page of an answer: which part it is of the whole, and the way to the pages before and after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from catalogue.api.addresses import Addresses
from catalogue.api.parameters import Values

Item = TypeVar("Item")


@dataclass(frozen=True)
class Paging:
    """Where a page lies.

    Parameters
    ----------
    addresses : Addresses
    path : str
        The address of the question without its parameters.
    written : mapping
        The parameters as they were written.
    """

    addresses: Addresses
    path: str
    written: Mapping[str, str]

    def frame(self, asked: Values, total: int) -> dict[str, object]:
        """What stands before a page: how many there are in all, which page this is, and its neighbours, if it has any."""
        page, last = asked["page"], -(-total // asked["size"])
        links = {"self": page}
        links |= {"previous": min(page - 1, last)} if page > 1 and last else {}
        links |= {"next": page + 1} if page < last else {}
        addresses = {name: self.addresses.page(self.path, self.written, at) for name, at in links.items()}
        return {"total": total, "page": page, "size": asked["size"], **addresses}


def part_of(listed: Sequence[Item], asked: Values) -> Sequence[Item]:
    """One page of a list."""
    first = (asked["page"] - 1) * asked["size"]
    return listed[first : first + asked["size"]]
