"""Names a group of texts by the phrases that set it apart."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analysis.themes.keyness import holds_together, log_odds
from analysis.themes.lengthening import lengthen
from analysis.themes.phrases import (
    Phrase,
    PhraseTable,
    Words,
    as_written,
    find_phrase,
    span_of_both,
)

PEOPLE_FOR_A_WORD = 3  # who use it, before it can name something
PEOPLE_FOR_A_PHRASE = 2  # of several such words: nobody says them in the same order
ALSO = 3  # phrases told beside the name
_LOOKED_AT = 5  # texts in which a name must be free of personal data
_LONGER = 0.3  # more for each word after the first: two words tell more than one
_LEAST_KEYNESS = 1.0
_IN_ONE_BREATH = 0.3  # of a group: who say two phrases together, to name it by both

MayShow = Callable[[str, int, int], bool]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All texts of a touchpoint in one language, and who said each."""

    texts: Sequence[Words]
    people: Sequence[frozenset[int]]  # of each text
    table: PhraseTable
    phrases: Sequence[Sequence[Phrase]]  # of each text
    counts: dict[Phrase, int]  # texts that hold it
    words: int

    def speakers(self, places: Iterable[int]) -> int:
        return len(frozenset().union(*(self.people[place] for place in places)))


@dataclass(frozen=True, slots=True)
class Naming:
    name: str
    also: tuple[str, ...]


class Pick(NamedTuple):
    phrase: Phrase
    form: str


def name_group(
    corpus: Corpus, places: Sequence[int], *, may_show: MayShow, taken: Collection[str]
) -> Naming | None:
    """The phrase that most of a group say and others do not, and up to three more.

    None where no phrase is said by three people, or none may be shown: what cannot be
    named in people's own words is no theme.
    """
    picked: list[Pick] = []
    for phrase in _ranked(corpus, places):
        form = corpus.table.form(phrase)
        if len(picked) > ALSO:
            break
        if form in taken or _repeats(phrase, form, picked):
            continue
        if _is_clean(corpus, phrase, places, may_show):
            picked.append(Pick(phrase, form))
    return _best(corpus, places, picked, may_show, taken) if picked else None


def _best(
    corpus: Corpus,
    places: Sequence[int],
    picked: Sequence[Pick],
    may_show: MayShow,
    taken: Collection[str],
) -> Naming:
    """Two phrases said together, the first made longer, or the first as it is."""
    head = picked[0]
    for other in picked[1:]:
        pair = head.phrase, other.phrase
        name = _in_one_breath(corpus, places, pair, may_show)
        if name is not None and name not in taken:
            left = tuple(each.form for each in picked[1:] if each != other)
            return Naming(name, left)
    name = None
    if len(head.phrase) == 1:
        name = lengthen(corpus, places, head.phrase, may_show)
    if name is None or name in taken:
        name = head.form
    return Naming(name, tuple(each.form for each in picked[1:]))


def _in_one_breath(
    corpus: Corpus,
    places: Sequence[int],
    pair: tuple[Phrase, Phrase],
    may_show: MayShow,
) -> str | None:
    """Two phrases that many of a group say together, in the words used most for it.

    "gratis" and "bezorging" become "bezorging is gratis".
    """
    found: defaultdict[str, list[int]] = defaultdict(list)
    one, other = (set(corpus.table.places[phrase]) for phrase in pair)
    for place in sorted(one & other & set(places)):
        words = corpus.texts[place]
        span = span_of_both(words, *pair)
        if span is not None and may_show(words.text, *span):
            found[as_written(words.text, *span)].append(place)
    both = [place for held_by in found.values() for place in held_by]
    least = max(_IN_ONE_BREATH * corpus.speakers(places), PEOPLE_FOR_A_WORD)
    if not both or corpus.speakers(both) < least:
        return None
    return min(found, key=lambda form: (-len(found[form]), len(form), form))


def _ranked(corpus: Corpus, places: Sequence[int]) -> list[Phrase]:
    inside: defaultdict[Phrase, list[int]] = defaultdict(list)
    for place in places:
        for phrase in corpus.phrases[place]:
            inside[phrase].append(place)
    for phrase, kept in list(inside.items()):
        if corpus.speakers(kept) < people_for(phrase):
            del inside[phrase]
    phrases = list(inside)
    keyness = _keyness(corpus, inside, places)
    base = corpus.speakers(places)
    scored = [
        (phrase, _score(phrase, corpus.speakers(inside[phrase]) / base, float(z)))
        for phrase, z in zip(phrases, keyness, strict=True)
        if z >= _LEAST_KEYNESS
        and holds_together(phrase, corpus.counts, words=corpus.words)
    ]
    ordered = sorted(scored, key=lambda each: (-each[1], each[0]))
    return [phrase for phrase, _score in ordered]


def people_for(phrase: Phrase) -> int:
    return PEOPLE_FOR_A_WORD if len(phrase) == 1 else PEOPLE_FOR_A_PHRASE


def _keyness(
    corpus: Corpus, inside: dict[Phrase, list[int]], places: Sequence[int]
) -> NDArray[np.float64]:
    words_here = sum(len(corpus.texts[place].stems) for place in places)
    here = [len(kept) for kept in inside.values()]
    there = [corpus.counts[phrase] - len(kept) for phrase, kept in inside.items()]
    words_there = corpus.words - words_here
    if not words_there:
        return np.full(len(here), _LEAST_KEYNESS)
    return log_odds(here, there, words_here=words_here, words_there=words_there)


def _score(phrase: Phrase, coverage: float, keyness: float) -> float:
    longer = 1 + _LONGER * (len(phrase) - 1)
    return round(keyness * sqrt(coverage) * longer, 6)


def _repeats(phrase: Phrase, form: str, picked: Sequence[Pick]) -> bool:
    """Whether its words were said already, be it as part of a compound."""
    stems = set(phrase)
    return any(
        stems & set(other.phrase) or form in other.form or other.form in form
        for other in picked
    )


def _is_clean(
    corpus: Corpus, phrase: Phrase, places: Sequence[int], may_show: MayShow
) -> bool:
    own = set(places)
    holders = [place for place in corpus.table.places[phrase] if place in own]
    for place in holders[:_LOOKED_AT]:
        words = corpus.texts[place]
        if not may_show(words.text, *find_phrase(words, phrase)):
            return False
    return True
