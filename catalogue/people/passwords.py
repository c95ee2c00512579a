"""Passwords: what is a good enough one, and how it is kept.

Only an Argon2id digest is stored. The rules follow NIST: length counts, a mixture of kinds of letters does not, and any letter of any
script is welcome.

References
----------
Biryukov, A., Dinu, D., Khovratovich, D. & Josefsson, S. 2021. Argon2 memory-hard function. RFC 9106. doi:10.17487/RFC9106
Grassi, P. A. et al. 2017. Digital identity guidelines. NIST Special Publication 800-63B. doi:10.6028/NIST.SP.800-63b
"""

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from catalogue.messages import Message, message

SHORTEST = 10
LONGEST = 500
"""Fewest and most characters of a password; the upper bound keeps a flood of text from being digested."""

_hasher = PasswordHasher()
_few_at_once = threading.BoundedSemaphore(2)
"""Each digest takes 64 MiB for some 0.2 s; more of them at once would only starve the screens."""


def problem_with(password: str, login: str) -> Message | None:
    """Why a new password will not do; None when it will."""
    text = _normal(password)
    if len(text) < SHORTEST:
        return message(
            "A password needs at least {shortest} characters. Three or four words do well.", shortest=SHORTEST
        )
    if len(text) > LONGEST:
        return message("A password may have at most {longest} characters.", longest=LONGEST)
    if len(set(text.casefold())) < 4 or text.casefold() in {login, login * 2, "1234567890", "password123"}:
        return message("This password is too easy to guess. Three or four words do well.")
    return None


def digest(password: str) -> str:
    """What is kept of a password."""
    with _few_at_once:
        return _hasher.hash(_normal(password))


def matches(kept: str, password: str) -> bool:
    """Whether a password is the one of which `kept` is the digest; takes as long when there is nothing kept."""
    if len(password) > LONGEST:
        password = ""
    with _few_at_once:
        try:
            return _hasher.verify(kept or _of_nobody(), _normal(password)) and bool(kept)
        except (VerificationError, InvalidHashError):
            return False


@cache
def _of_nobody() -> str:
    return _hasher.hash("nobody has this password")


def _normal(password: str) -> str:
    """The password in one form, whichever keyboard typed it."""
    return unicodedata.normalize("NFKC", password)
