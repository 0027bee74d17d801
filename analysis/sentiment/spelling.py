"""Whether two spellings are one word: inflected, or with one letter wrong."""

from collections.abc import Iterable, Iterator

_SHORTEST = 7  # one wrong letter in a shorter word makes another word


_ENDINGS = frozenset(
    [
        *("", "e", "en", "er", "ere", "ers", "ste", "st", "s", "t", "d", "de", "te"),
        *("den", "ten", "n", "ed", "ing", "ly", "es", "ies", "y", "ier", "iest", "est"),
        *("f", "v", "ve", "ven", "ze", "z", "i"),
    ]
)
_BASE_ENDINGS = frozenset(("", "e", "en", "f", "s", "n", "y"))


def differ_by_inflection(word: str, base: str) -> bool:
    """Whether a word is a base with an inflectional ending (Dutch or English).

    >>> differ_by_inflection("dikke", "dik")
    True
    >>> differ_by_inflection("achter", "achterlijk")
    False
    """
    shared = next(
        (
            at
            for at, pair in enumerate(zip(word, base, strict=False))
            if len({*pair}) > 1
        ),
        min(len(word), len(base)),
    )
    ending = word[shared:]
    if shared and ending[:1] == word[shared - 1] and ending not in _ENDINGS:
        ending = ending[1:]  # the doubled consonant of "dik-k-e"
    return ending in _ENDINGS and base[shared:] in _BASE_ENDINGS


def sound_of(word: str) -> str:
    """A word as one may write it by ear: no doubled letters, one sign for one sound.

    >>> sound_of("slegt") == sound_of("slecht"), sound_of("tragg") == sound_of("traag")
    (True, True)
    """
    heard = word.replace("gt", "cht").replace("ij", "y").replace("ei", "y")
    heard = heard.removesuffix("d") + "t" if heard.endswith("d") else heard
    return "".join(
        letter
        for letter, before in zip(heard, " " + heard, strict=False)
        if letter != before
    )


class TypoIndex:
    """Words by what is left of them when one letter is dropped.

    Method: symmetric delete spelling correction (SymSpell, Garbe 2012) at distance
    one; the first letter must be right.

    >>> TypoIndex(["vriendelijk", "duidelijk"]).nearest("vriendlijk")
    'vriendelijk'
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._by_deletion: dict[str, str] = {}
        for word in words:
            if len(word) >= _SHORTEST and word.isalpha():
                for left in _deletions(word):
                    self._by_deletion.setdefault(left, word)

    def nearest(self, word: str) -> str | None:
        """The indexed word one letter away (left out, added, changed or swapped)."""
        if len(word) < _SHORTEST:
            return None
        for left in _deletions(word):
            meant = self._by_deletion.get(left)
            if meant is not None and meant[0] == word[0] and _is_close(word, meant):
                return meant
        return None


def _deletions(word: str) -> Iterator[str]:
    yield word
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]


def _is_close(word: str, meant: str) -> bool:
    """At most one letter more, less or different, or two neighbours swapped."""
    if abs(len(word) - len(meant)) > 1:
        return False
    if len(word) != len(meant):
        return True
    different = [
        i for i, pair in enumerate(zip(word, meant, strict=True)) if len(set(pair)) > 1
    ]
    if len(different) <= 1:
        return True
    first, last = different[0], different[-1]
    return (
        last == first + 1 and word[first] == meant[last] and word[last] == meant[first]
    )
