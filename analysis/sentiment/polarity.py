"""What single words say: polarity, absence, degree; by form, lemma, stem or typing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import simplemma

from analysis.language.stems import load_stemmer
from analysis.lexicon import load_lexicon
from analysis.records import Language
from analysis.sentiment.spelling import TypoIndex, differ_by_inflection, sound_of

_CACHE_LIMIT = 200_000
_STEMMED_FROM = 4  # shorter words have stems that say nothing
_LONGEST_WORD = 60  # what is longer is no word, and slow to take apart
_PART_FROM = 4  # the least that an affix must leave of a word
_BOOST = 1.3
_OPPOSITE = 0.9
_TYPO_TRUST = 0.8
_COMPARATIVE_ENDINGS = ("er", "ere", "ers")


@dataclass(frozen=True, slots=True)
class WordInfo:
    """What the lexicons know of one word."""

    score: float = 0.0  # its own polarity, -1 .. +1
    absent: float = 0.0  # its polarity when denied, for a word without one of its own
    comparative: bool = False
    verb: bool = False

    @property
    def has_opinion(self) -> bool:
        return self.score != 0.0


_UNKNOWN = WordInfo()


class PolarityLexicon:
    """The words of one language; an undetermined one is read as Dutch, then English."""

    def __init__(self, language: Language) -> None:
        self._code = "en" if language is Language.ENGLISH else "nl"
        self._mixed = language is Language.UNDETERMINED
        data = load_lexicon(f"polarity_{self._code}")
        absent = load_lexicon(f"negation_{self._code}")["absent"]
        self._words = dict(_read_absent(absent))
        inflected = dict(_read_words(data["words"]))
        self._words.update(_merged(self._words, inflected))
        self._words.update(_read_words(data["exact"]))
        self._words.update(_read_words(load_lexicon("emoji")["group"]))
        self._fixed = frozenset(load_lexicon("function_words")[self._code].split())
        self._affixes = load_lexicon(f"affixes_{self._code}")
        self._stemmer = load_stemmer(language)
        self._stems = self._index_stems(inflected)
        self._typos = TypoIndex(inflected)
        self._by_sound = {
            sound_of(one): one for one in inflected if len(one) >= _STEMMED_FROM
        }
        self._cache: dict[str, WordInfo] = {}
        self._other = (
            None if language is Language.ENGLISH else PolarityLexicon(Language.ENGLISH)
        )

    def __len__(self) -> int:
        return len(self._words)

    def look_up(self, word: str) -> WordInfo:
        """What is known of a normalised word.

        >>> load_polarity(Language.DUTCH).look_up("onvriendelijker").score < 0
        True
        """
        info = self._cache.get(word)
        if info is None:
            if len(self._cache) > _CACHE_LIMIT:
                self._cache.clear()
            info = self._find(word)
            if info is _UNKNOWN and self._other is not None:
                info = self._borrowed(word, self._other)
            self._cache[word] = info
        return info

    def _borrowed(self, word: str, other: "PolarityLexicon") -> WordInfo:
        """What English says of a word, in Dutch only of one that is not Dutch."""
        if self._mixed:
            return other.look_up(word)
        info = other.listed(word)
        if not info.score or len(word) < _STEMMED_FROM or self._is_known(word):
            return _UNKNOWN
        return replace(info, absent=0.0)

    def listed(self, word: str) -> WordInfo:
        """What is known of this very form."""
        return self._words.get(word, _UNKNOWN)

    def _find(self, word: str) -> WordInfo:
        known = self._words.get(word)
        if known is not None:
            return known
        odd = not _STEMMED_FROM <= len(word) <= _LONGEST_WORD
        if odd or not word[0].isalpha() or word in self._fixed:
            return _UNKNOWN
        return (
            self._by_lemma(word)
            or self._by_stem(word)
            or self._by_affix(word)
            or self._by_typing(word)
            or _UNKNOWN
        )

    def _by_lemma(self, word: str) -> WordInfo | None:
        lemma = simplemma.lemmatize(word, lang=self._code)
        info = self._words.get(lemma.lower()) if lemma != word else None
        if info is None:
            return None
        compared = word.removeprefix(lemma).endswith(_COMPARATIVE_ENDINGS)
        return replace(info, comparative=compared)

    def _by_stem(self, word: str) -> WordInfo | None:
        base = self._stems.get(self._stemmer.stem(word))
        if base is not None and differ_by_inflection(word, base):
            return self._words[base]
        return self._by_degree_ending(word) if self._code == "nl" else None

    def _by_degree_ending(self, word: str) -> WordInfo | None:
        for ending in ("ere", "er", "ste", "st", "en", "s"):
            if word.endswith(ending) and len(word) - len(ending) >= _STEMMED_FROM:
                base = self._stems.get(self._stemmer.stem(word.removesuffix(ending)))
                if base is not None and differ_by_inflection(word, base):
                    return replace(
                        self._words[base], comparative=ending in _COMPARATIVE_ENDINGS
                    )
        return None

    def _by_affix(self, word: str) -> WordInfo | None:
        for prefix in self._affixes["opposite"]:
            rest = self._part_after(prefix, word)
            if rest is not None and rest.score > 0:
                return replace(rest, score=-_OPPOSITE * rest.score)
        for prefix in self._affixes["boosting"]:
            rest = self._part_after(prefix, word)
            if rest is not None and rest.score:
                return replace(rest, score=_bounded(_BOOST * rest.score))
        return self._by_compound(word)

    def _by_compound(self, word: str) -> WordInfo | None:
        for group in self._affixes["suffixes"]:
            if word.endswith(tuple(group["list"])) and not self._is_known(word):
                return WordInfo(group["score"])
        for group in self._affixes["prefixes"]:
            for prefix in group["list"]:
                rest = word.removeprefix(prefix)
                if rest != word and len(rest) >= _PART_FROM and self._is_known(rest):
                    return None if self._is_known(word) else WordInfo(group["score"])
        return None

    def _part_after(self, prefix: str, word: str) -> WordInfo | None:
        rest = word.removeprefix(prefix).removeprefix("-")
        if rest == word or len(rest) < _PART_FROM:
            return None
        return self._words.get(rest) or self._by_lemma(rest) or self._by_stem(rest)

    def _by_typing(self, word: str) -> WordInfo | None:
        if self._is_known(word) or simplemma.is_known(word, lang="en"):
            return None
        meant = self._typos.nearest(word) or self._by_sound.get(sound_of(word))
        if meant is None:
            return None
        info = self._words[meant]
        return replace(info, score=_TYPO_TRUST * info.score)

    def _is_known(self, word: str) -> bool:
        return simplemma.is_known(word, lang=self._code)

    def _index_stems(self, words: dict[str, WordInfo]) -> dict[str, str]:
        index: dict[str, str] = {}
        for word in words:
            if len(word) >= _STEMMED_FROM:
                index.setdefault(self._stemmer.stem(word), word)
        return index


def _bounded(score: float) -> float:
    return max(-1.0, min(1.0, score))


def _read_words(groups: list[dict[str, Any]]) -> Iterator[tuple[str, WordInfo]]:
    for group in groups:
        kind = group.get("kind")
        info = WordInfo(
            group["score"], comparative=kind == "comparative", verb=kind == "verb"
        )
        for word in group["list"].split():
            yield word, info


def _read_absent(groups: list[dict[str, Any]]) -> Iterator[tuple[str, WordInfo]]:
    for group in groups:
        for word in group["list"].split():
            yield word, WordInfo(absent=group["score"])


def _merged(
    absent: dict[str, WordInfo], words: dict[str, WordInfo]
) -> dict[str, WordInfo]:
    """The polar words, with what their absence means where that is listed too."""
    return {
        word: replace(info, absent=absent[word].absent) if word in absent else info
        for word, info in words.items()
    }


@cache
def load_polarity(language: Language) -> PolarityLexicon:
    """The lexicon of a language, read once."""
    return PolarityLexicon(language)
