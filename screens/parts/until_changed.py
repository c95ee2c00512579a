"""Answers that are kept for as long as the records stay as they are."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from catalogue import database, specimens

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def until_changed(most: int) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Have a function asked once for each of its arguments and each state of the records.

    Parameters
    ----------
    most : int
        Answers that are kept.
    """

    def keeping(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        @lru_cache(maxsize=most)
        def kept(_revision: str, _database: str, *args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            return ask(*args, **kwargs)

        @wraps(ask)
        def now(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
            with database.reading() as connection:
                revision = specimens.revision(connection)
            return kept(revision, str(database.engine().url), *args, **kwargs)  # type: ignore[arg-type]  # all can be hashed

        return now

    return keeping
