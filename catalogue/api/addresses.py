"""The addresses that answers hold: absolute, so that an answer that was kept still leads back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from catalogue.labels.contents import record_link
from catalogue.media.kinds import Medium

API = "/api"
SPECIMENS = f"{API}/specimens"


@dataclass(frozen=True)
class Addresses:
    """Where things are on this server.

    Parameters
    ----------
    base : str
        The address of Bonebed itself, without a slash at its end.
    of_medium : callable
        The path of a photograph or scan, from the base on.
    """

    base: str
    of_medium: Callable[[Medium], str]

    def record(self, occurrence_id: str) -> str:
        """The stable link of a record, the same that its label bears."""
        return record_link(self.base, occurrence_id)

    def specimen(self, occurrence_id: str) -> str:
        """A record in the API."""
        return f"{self.base}{specimen_path(occurrence_id)}"

    def medium(self, medium: Medium) -> str:
        """A photograph or a scan."""
        return f"{self.base}{self.of_medium(medium)}"

    def page(self, path: str, asked: Mapping[str, str], page: int) -> str:
        """A page of what was asked."""
        return f"{self.base}{path}?{urlencode({**asked, 'page': str(page)})}"


def specimen_path(occurrence_id: str) -> str:
    """The path of a record in the API; a slash in its key is percent-encoded.

    >>> specimen_path("urn:catalog/1")
    '/api/specimens/urn:catalog%2F1'
    """
    return f"{SPECIMENS}/{quote(occurrence_id, safe=':')}"
