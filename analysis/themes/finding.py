"""Finds the themes of one touchpoint: what people talk about, in their own words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.intervals import MIN_BASE_SHOWN_WITH_CARE
from analysis.journey import summarise
from analysis.person_means import PersonWeeks
from analysis.records import Language
from analysis.themes.gathering import Sight, gather
from analysis.themes.grouping import Seed, group_texts
from analysis.themes.keyness import holds_together, log_odds
from analysis.themes.naming import (
    PEOPLE_FOR_A_WORD,
    Corpus,
    MayShow,
    Naming,
    name_group,
)
from analysis.themes.phrases import Phrase, PhraseTable, Words, has_content, read_words
from analysis.themes.records import LanguageThemes, Said, Theme, Themes, Vectors
from analysis.themes.spaces import Space

MIN_PEOPLE = 20  # who speak one language, before its themes are looked for
MOST = 12  # themes, of all languages together
_FEWEST = 4  # for a language that is spoken less
_COMMON = 1 / 3  # of people: a phrase that more use parts nothing
_KEYNESS = 0.5  # against other touchpoints: general words name no theme
_ENOUGH_ELSEWHERE = 200  # words; fewer cannot tell what is general
_SEED = 20261128
_LANGUAGES = (Language.DUTCH, Language.ENGLISH)


def show_everything(_text: str, _start: int, _end: int) -> bool:
    return True


def find_themes(
    said: Sequence[Said],
    touchpoint: str,
    *,
    vectors: Vectors | None = None,
    may_show: MayShow = show_everything,
) -> Themes:
    """The themes of a touchpoint, at most a dozen, each language by itself.

    ``said`` holds its mentions, and some of other touchpoints to compare with.
    ``vectors`` has a row (of length one) for each mention of the touchpoint, in order;
    without it texts are compared by their words. ``may_show(text, start, end)`` says
    whether words may stand in a name.

    Key phrases (``keyness``) seed the groups, texts join the one they lie closest to
    (``grouping``), a group is named by what it says more than the rest, and what is in
    none joins the one it clearly belongs to (``gathering``). A mention
    is in one theme at most; a theme has five people or more. Only the order of what is
    equal depends on the order given. Raises ValueError where vectors do not fit.
    """
    own = [place for place, each in enumerate(said) if each.touchpoint == touchpoint]
    if vectors is not None and len(vectors) != len(own):
        raise ValueError(f"{len(vectors)} vectors for {len(own)} mentions")
    elsewhere = [each for each in said if each.touchpoint != touchpoint]
    parts = []
    for language in _LANGUAGES:
        rows = [row for row, place in enumerate(own) if _speaks(said[place], language)]
        if not rows:
            continue
        rows.sort(key=lambda row: _order(said[own[row]]))
        parts.append(
            _Part(
                language,
                [said[own[row]] for row in rows],
                [own[row] for row in rows],
                None if vectors is None else vectors[rows],
                [each.text for each in elsewhere if _speaks(each, language)],
            )
        )
    parts.sort(key=lambda part: -len(part.said))
    total = sum(len(part.said) for part in parts)
    return Themes(
        languages=tuple(
            _find(part, _room(len(part.said), total), may_show) for part in parts
        )
    )


def _speaks(one: Said, language: Language) -> bool:
    """What cannot be told is counted with the Dutch, as everywhere."""
    english = one.language is Language.ENGLISH
    return english is (language is Language.ENGLISH)


def _order(one: Said) -> tuple[str, int, float, str]:
    """All that can differ within a part, so that only equals keep the order given.

    The language can: the Dutch have what is undetermined among them.
    """
    return one.text, one.person, one.score, one.language.value


def _room(mentions: int, total: int) -> int:
    """A share of the dozen, with some for the language that is spoken least."""
    share = round(MOST * mentions / total)
    return MOST if mentions == total else min(max(share, _FEWEST), MOST - _FEWEST)


@dataclass(frozen=True, slots=True)
class _Part:
    """One language's mentions in a fixed order, and their places in what was given."""

    language: Language
    said: list[Said]
    places: list[int]
    vectors: Vectors | None
    elsewhere: list[str]


def _find(part: _Part, room: int, may_show: MayShow) -> LanguageThemes:
    base = len({one.person for one in part.said})
    themes: list[tuple[Theme, list[int]]] = []
    if base >= MIN_PEOPLE:
        themes = _themes(part, room, may_show)
    in_one = {row for _theme, rows in themes for row in rows}
    other = [row for row in range(len(part.said)) if row not in in_one]
    return LanguageThemes(
        language=part.language,
        base=base,
        mentions=len(part.said),
        enough=base >= MIN_PEOPLE,
        themes=tuple(theme for theme, _rows in themes),
        other=tuple(part.places[row] for row in other),
        other_base=len({part.said[row].person for row in other}),
    )


def _themes(part: _Part, room: int, may_show: MayShow) -> list[tuple[Theme, list[int]]]:
    rows_of: defaultdict[str, list[int]] = defaultdict(list)
    for row, one in enumerate(part.said):
        rows_of[one.text].append(row)
    texts = read_words(rows_of, part.language)
    telling = [words for words in texts if has_content(words)]
    corpus = _corpus(telling, rows_of, part.said)
    seeds = _seeds(corpus, part)
    space = _space(part, telling, rows_of)
    groups = group_texts(space, seeds, texts=len(telling))
    named = _named(corpus, [group.places for group in groups], may_show)[:room]
    gathered = gather(_sight(space, telling), [places for _naming, places in named])
    found = []
    for (naming, _core), places in zip(named, gathered, strict=True):
        rows = [row for at in places for row in rows_of[telling[at].text]]
        found.append((_theme(part, naming, rows), rows))
    return sorted(found, key=lambda each: -each[0].base)


def _named(
    corpus: Corpus, groups: Sequence[tuple[int, ...]], may_show: MayShow
) -> list[tuple[Naming, tuple[int, ...]]]:
    """The groups of enough people that have a name, what most speak of first."""
    named: list[tuple[Naming, tuple[int, ...]]] = []
    taken: set[str] = set()
    for places in sorted(groups, key=lambda each: -corpus.speakers(each)):
        if corpus.speakers(places) < MIN_BASE_SHOWN_WITH_CARE:
            continue
        naming = name_group(corpus, places, may_show=may_show, taken=taken)
        if naming is not None:
            taken.add(naming.name)
            named.append((naming, places))
    return named


def _sight(space: Space, texts: Sequence[Words]) -> Sight:
    if space.is_of_words:
        return Sight(space, None)
    return Sight(Space.of_words(texts), space)


def _space(part: _Part, texts: Sequence[Words], rows_of: dict[str, list[int]]) -> Space:
    if part.vectors is None or not texts:
        return Space.of_words(texts)
    return Space.of_vectors(part.vectors[[rows_of[one.text][0] for one in texts]])


def _corpus(
    texts: Sequence[Words], rows_of: dict[str, list[int]], said: Sequence[Said]
) -> Corpus:
    people = [
        frozenset(said[row].person for row in rows_of[words.text]) for words in texts
    ]
    table = PhraseTable.of(texts, _frequent(texts, people))
    return Corpus(
        texts=texts,
        people=people,
        table=table,
        phrases=table.by_text(len(texts)),
        counts={phrase: len(places) for phrase, places in table.places.items()},
        words=sum(len(words.stems) for words in texts),
    )


def _frequent(texts: Sequence[Words], people: Sequence[frozenset[int]]) -> set[str]:
    """Stems of words that enough people use: no phrase can do with others."""
    speakers: defaultdict[str, set[int]] = defaultdict(set)
    for words, spoken_by in zip(texts, people, strict=True):
        for stem in set(words.stems):
            speakers[stem] |= spoken_by
    return {stem for stem, them in speakers.items() if len(them) >= PEOPLE_FOR_A_WORD}


def _seeds(corpus: Corpus, part: _Part) -> list[Seed]:
    speakers = {
        phrase: corpus.speakers(places)
        for phrase, places in corpus.table.places.items()
    }
    most = max(_COMMON * len({one.person for one in part.said}), PEOPLE_FOR_A_WORD)
    phrases = [
        phrase
        for phrase, people in speakers.items()
        if PEOPLE_FOR_A_WORD <= people <= most
        and holds_together(phrase, corpus.counts, words=corpus.words)
    ]
    keyness = _against_others(corpus, phrases, part)
    return [
        Seed(
            phrase,
            speakers[phrase] * (1 + (len(phrase) - 1) / 2) * min(z, 3.0),
            np.array(corpus.table.places[phrase], np.intp),
        )
        for phrase, z in zip(phrases, keyness.tolist(), strict=True)
        if z >= _KEYNESS
    ]


def _against_others(
    corpus: Corpus, phrases: Sequence[Phrase], part: _Part
) -> NDArray[np.float64]:
    """All alike where too little else was spoken of."""
    others = read_words(sorted(set(part.elsewhere)), part.language)
    words_there = sum(len(words.stems) for words in others)
    if words_there < _ENOUGH_ELSEWHERE:
        return np.full(len(phrases), 1.0)
    wanted = {stem for phrase in phrases for stem in phrase}
    there = PhraseTable.of(others, wanted).places
    return log_odds(
        [corpus.counts[phrase] for phrase in phrases],
        [len(there.get(phrase, ())) for phrase in phrases],
        words_here=corpus.words,
        words_there=words_there,
    )


def _theme(part: _Part, naming: Naming, rows: Sequence[int]) -> Theme:
    people = np.array([part.said[row].person for row in rows], np.int64)
    scores = np.array([part.said[row].score for row in rows], np.float64)
    histogram = PersonWeeks.of(people, np.zeros_like(people), scores).histogram()
    [point] = summarise({naming.name: histogram}, seed=_SEED)
    return Theme(
        name=naming.name,
        also=naming.also,
        members=tuple(part.places[row] for row in rows),
        histogram=histogram,
        point=point,
    )
