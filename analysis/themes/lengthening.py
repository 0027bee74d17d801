"""Makes a name of one word longer, where people say much the same in two or three."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Protocol

from analysis.lexicon import load_lexicon
from analysis.themes.phrases import (
    CONTENT,
    OPENER,
    Phrase,
    Words,
    as_written,
    is_joined,
)

PEOPLE = 3  # who say it so
_MUCH_THE_SAME = 1 / 3  # of those who say the word: "aan de telefoon" adds no opinion
_THE_SAME = 1 / 2  # for words that add to the meaning: "te duur", "goed advies"

MayShow = Callable[[str, int, int], bool]
Said = defaultdict[tuple[Phrase, float], dict[int, str]]


class Speakers(Protocol):
    @property
    def texts(self) -> Sequence[Words]: ...

    def speakers(self, places: Sequence[int]) -> int: ...


def lengthen(
    corpus: Speakers, places: Sequence[int], word: Phrase, may_show: MayShow
) -> str | None:
    """The longer phrase that most say, as most write it; None: the word is best."""
    held, said = _count(corpus, places, word, may_show)
    everybody = corpus.speakers(held) if held else 0
    enough = [
        (people, stems, list(forms.values()))
        for (stems, share), forms in said.items()
        if (people := corpus.speakers(list(forms))) >= max(PEOPLE, share * everybody)
    ]
    if not enough:
        return None
    *_, forms = min(enough, key=lambda one: (-one[0], -len(one[1]), one[1]))
    return min(forms, key=lambda form: (-forms.count(form), form))


def _count(
    corpus: Speakers, places: Sequence[int], word: Phrase, may_show: MayShow
) -> tuple[list[int], Said]:
    """The texts that hold the word, and by longer phrase how each text writes it."""
    held: list[int] = []
    said: Said = defaultdict(dict)
    for place in places:
        words = corpus.texts[place]
        for at in (n for n, stem in enumerate(words.stems) if (stem,) == word):
            held.append(place)
            for first, end, share in _longer(words, at):
                span = words.starts[first], words.ends[end - 1]
                if may_show(words.text, *span):
                    stems = tuple(words.stems[first:end])
                    said[stems, share][place] = as_written(words.text, *span)
    return held, said


def _longer(words: Words, at: int) -> Iterator[tuple[int, int, float]]:
    """Stretches of words around one, and of how many they must be the words."""
    before, articles = _before_nouns()
    near, far = _word(words, at, 1), _word(words, at, 2)
    if near in before:
        yield at - 1, at + 1, _MUCH_THE_SAME
    elif near in articles and far in before:
        yield at - 2, at + 1, _MUCH_THE_SAME
    elif near and words.kinds[at - 1] in {CONTENT, OPENER}:
        yield at - 1, at + 1, _THE_SAME
    after = at + 1
    follows = after < len(words.stems) and is_joined(words, after)
    if follows and words.kinds[after] == CONTENT:
        yield at, at + 2, _THE_SAME


def _word(words: Words, at: int, steps: int) -> str:
    """The word so many steps before; empty where another sentence ends between."""
    place = at - steps
    if place < 0 or not all(is_joined(words, n) for n in range(place + 1, at + 1)):
        return ""
    return words.text[words.starts[place] : words.ends[place]].casefold()


@cache
def _before_nouns() -> tuple[frozenset[str], frozenset[str]]:
    """Words such as "aan" and "on", and such as "de" and "my"."""
    lexicon = load_lexicon("themes").values()
    return (
        frozenset(word for each in lexicon for word in each["before"].split()),
        frozenset(word for each in lexicon for word in each["articles"].split()),
    )
