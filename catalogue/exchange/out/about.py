"""What a file says of itself: title, who publishes it, the state of the records, how to cite them and under which terms they may be used.

Files are dated by the newest change of their records, not by the day of writing: the same records make the same file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus

from catalogue.describing import described
from catalogue.exchange.out.found import Found
from catalogue.exchange.out.terms import LICENSES
from catalogue.settings import settings

_UNTITLED = "Fossil specimens catalogued with Bonebed"


@dataclass(frozen=True)
class About:
    """The particulars of a file; blank where nobody said.

    Parameters
    ----------
    title : str
        Never blank.
    license : str
        A key of `catalogue.exchange.out.terms.LICENSES`, or blank.
    dated : str
        The day of the newest change of its records, 2027-03-31; blank for none.
    records : int
        How many there are.
    """

    title: str
    description: str
    organization: str
    contact: str
    email: str
    license: str
    public_url: str
    dated: str
    records: int

    @property
    def citation(self) -> str:
        """How to cite the file, in one line."""
        publisher = self.organization or self.contact
        head = f"{publisher}. {self.title}" if publisher else self.title
        dated = f" State of {self.dated}." if self.dated else ""
        place = f" {self.public_url}" if self.public_url else ""
        return f"{head}. {self.records} {'record' if self.records == 1 else 'records'}.{dated}{place}"

    @property
    def license_name(self) -> str:
        """The terms in words."""
        if not self.license:
            return "No licence is stated. Ask the publisher before you use these records."
        return LICENSES[self.license][1]

    @property
    def license_address(self) -> str:
        """The address of the licence; blank when none is stated."""
        return LICENSES[self.license][0] if self.license else ""

    def lines(self) -> list[tuple[str, str]]:
        """All of it, for people: a heading and a text each."""
        told = [
            ("Title", self.title),
            ("About", self.description),
            ("Published by", self.organization),
            ("Contact", " ".join(text for text in (self.contact, self.email) if text)),
            ("Cite as", self.citation),
            ("Licence", self.license_name),
            ("Licence text", self.license_address),
            ("Records", str(self.records)),
            ("Newest change", self.dated),
        ]
        return [(heading, text) for heading, text in told if text]

    def text(self) -> str:
        """The same as a text file."""
        return "".join(f"{heading}: {text}\n" for heading, text in self.lines())


def about(found: Found, newest: str | None = None) -> About:
    """The particulars of found records, from the description of the collection and the records.

    Parameters
    ----------
    newest : str, optional
        When the last of the records was changed, where that is known; it is looked up otherwise.
    """
    said = described(found.connection)
    return About(
        title=said.title or _UNTITLED,
        description=said.description,
        organization=said.organization,
        contact=said.contact,
        email=said.email,
        license=said.license,
        public_url=settings().public_url.rstrip("/"),
        dated=(found.newest if newest is None else newest)[:10],
        records=len(found),
    )


def link_of(occurrence_id: str) -> str:
    """The address of a record for visitors; blank when `BONEBED_PUBLIC_URL` is not set."""
    return links_of([occurrence_id])[0]


def links_of(keys: Sequence[str]) -> list[str]:
    """The same of many records."""
    public = settings().public_url.rstrip("/")
    return [f"{public}/specimen?id={quote_plus(key)}" for key in keys] if public else [""] * len(keys)
