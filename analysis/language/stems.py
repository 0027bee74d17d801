"""Word stems: the Snowball stemmers of NLTK, without what NLTK loads beside them."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.machinery import ModuleSpec

from analysis.records import Language

# NLTK imports these where it finds them, for parts of it that we never use; that took
# more than half of the time in which the analysis starts.
_NOT_FOR_STEMS = frozenset({"matplotlib", "pandas", "scipy", "sklearn"})


class _Withheld:
    """An import finder that, in the thread that made it, knows of no such packages."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def find_spec(self, name: str, *_where: object) -> ModuleSpec | None:
        package = name.partition(".")[0]
        if package in _NOT_FOR_STEMS and threading.get_ident() == self._thread:
            raise ModuleNotFoundError(f"{name} is not needed for stems", name=name)
        return None


@contextmanager
def _without_what_stems_do_not_need() -> Iterator[None]:
    withheld = _Withheld()
    sys.meta_path.insert(0, withheld)
    try:
        yield
    finally:
        sys.meta_path.remove(withheld)


with _without_what_stems_do_not_need():
    from nltk.stem.snowball import SnowballStemmer


@cache
def load_stemmer(language: Language) -> SnowballStemmer:
    """The stemmer of a language; an undetermined one is stemmed as Dutch.

    >>> load_stemmer(Language.ENGLISH).stem("deliveries")
    'deliveri'
    """
    return SnowballStemmer("english" if language is Language.ENGLISH else "dutch")
