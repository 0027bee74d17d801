"""Cuts a text into clauses, so that praise and blame in one text stay apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Span

from analysis.language import PhraseBook, words_of
from analysis.lexicon import load_lexicon
from analysis.records import Language
from analysis.sentiment.polarity import load_polarity

_SENTENCE_ENDS = frozenset(".!?…;•|")
_CLOSERS = frozenset("\"')]}»”’")
_SOFT_MARKS = frozenset({",", "-", "–", "—", "(", ":", "...", "…", "/", "+"})
_PARTING = frozenset({",", "-", "–", "—", "+"})
_CONTRASTS = ("guarded", "contrast", "contrast_after_comma", "midway", "alone")
_MIN_WORDS = 2  # a part of one word is no clause of its own
_NOT_ONLY_REACH = 15
_REACH = 30  # words of a part in which its own say must stand
_LONGEST = 80  # words; a text without any mark is cut all the same


def split_clauses(doc: Doc) -> list[Span]:
    """The clauses of a tokenised text, in order; together they hold all its words.

    Cuts at sentence ends, line breaks, semicolons and contrast words, and at a comma
    or "and" when either side holds an opinion or a finite verb of its own.

    >>> from analysis.language import make_tokenizer
    >>> doc = make_tokenizer(Language.DUTCH)("Mooie site, maar de levering was traag.")
    >>> [clause.text for clause in split_clauses(doc)]
    ['Mooie site,', 'maar de levering was traag.']
    """
    cutter = _cutter(Language.ENGLISH if doc.lang_ == "en" else Language.DUTCH)
    spans = []
    words = words_of(doc)
    for start, end in cutter.cut(words):
        for first in range(start, end, _LONGEST):
            last = min(end, first + _LONGEST)
            span = _without_outer_space(doc, words, first, last)
            if span is not None:
                spans.append(span)
    return spans


def _without_outer_space(
    doc: Doc, words: list[str], start: int, end: int
) -> Span | None:
    while start < end and words[start].isspace():
        start += 1
    while end > start and words[end - 1].isspace():
        end -= 1
    return doc[start:end] if start < end else None


@dataclass(frozen=True, slots=True)
class _Cutter:
    """The rules of one language for where a clause begins."""

    contrast: frozenset[str]
    contrast_after_comma: frozenset[str]
    guarded: frozenset[str]
    no_contrast_after: frozenset[str]
    no_contrast_before: frozenset[str]
    midway: frozenset[str]
    alone: frozenset[str]
    after_alone: frozenset[str]
    joiners: frozenset[str]
    predicates: frozenset[str]
    not_only: PhraseBook[None]
    kept_together: PhraseBook[None]
    language: Language
    openers: frozenset[str]  # what a clause may begin with without a mark before it

    def cut(self, words: list[str]) -> Iterator[tuple[int, int]]:
        start = 0
        for end in [*self._boundaries(words), len(words)]:
            if end > start:
                yield start, end
            start = end

    def _boundaries(self, words: list[str]) -> list[int]:
        hard = [at for at in range(1, len(words)) if self._begins_sentence(words, at)]
        protected = self._inside_not_only(words) | self._inside_wishes(words)
        cuts: list[int] = []
        start = 0
        for end in [*hard, len(words)]:
            cuts.extend(self._inner_boundaries(words, start, end, protected))
            cuts.append(end)
            start = end
        return cuts[:-1]

    def _begins_sentence(self, words: list[str], at: int) -> bool:
        before, word = words[at - 1], words[at]
        if not before:
            return at > 1 and self._begins_sentence(words, at - 1)
        if _ends_sentence(before):
            return not (_ends_sentence(word) or word in _CLOSERS or not word)
        if before in _CLOSERS and at > 1 and _ends_sentence(words[at - 2]):
            return not _ends_sentence(word)
        return _is_symbol(before) and word[:1].isalpha()

    def _inner_boundaries(
        self, words: list[str], start: int, end: int, protected: set[int]
    ) -> list[int]:
        cuts: list[int] = []
        last = start
        for at in range(start + 1, end):
            if at not in protected and self._begins_clause(words, last, at, end):
                cuts.append(at)
                last = at
        return cuts

    def _begins_clause(self, words: list[str], last: int, at: int, end: int) -> bool:
        if words[at] not in self.openers and words[at - 1] not in _PARTING:
            return False  # most words: what follows costs more
        before, after = max(last, at - _REACH), min(end, at + 1 + _REACH)
        if not _has_word(words, before, at) or not _has_word(words, at + 1, after):
            return False
        return self._contrasts(words, last, at) or self._joins_predicates(
            words, last, at, end
        )

    def _contrasts(self, words: list[str], last: int, at: int) -> bool:
        word, after_mark = words[at], words[at - 1] in _SOFT_MARKS
        following = words[at + 1]
        if word in self.guarded:
            return after_mark or not (
                words[at - 1] in self.no_contrast_after
                or following in self.no_contrast_before
                or following[:1].isdigit()
            )
        if word in self.contrast or (after_mark and word in self.contrast_after_comma):
            return True
        midway = word in self.midway or (
            word in self.alone and following in self.after_alone
        )
        return midway and at - last >= _MIN_WORDS

    def _joins_predicates(self, words: list[str], last: int, at: int, end: int) -> bool:
        """Whether a comma or "and" stands between two parts with their own say."""
        if words[at] in self.joiners:
            right = at + 1
        elif words[at - 1] in _PARTING and words[at] not in _SOFT_MARKS:
            right = at
        else:
            return False
        stop = next(
            (
                i
                for i in range(right, end)
                if words[i] == "," or words[i] in self.joiners
            ),
            end,
        )
        return self._says_something(words, last, at) and self._says_something(
            words, right, stop
        )

    def _says_something(self, words: list[str], start: int, end: int) -> bool:
        part = [w for w in words[max(start, end - _REACH) : end] if w[:1].isalnum()]
        polarity = load_polarity(self.language)
        return len(part) >= _MIN_WORDS and any(
            word in self.predicates or polarity.look_up(word).has_opinion
            for word in part
        )

    def _inside_not_only(self, words: list[str]) -> set[int]:
        """Tokens between "not only" and the "but also" that completes it."""
        protected: set[int] = set()
        for match in self.not_only.find(words):
            reach = range(match.end, min(len(words), match.end + _NOT_ONLY_REACH))
            partner = next((i for i in reach if words[i] in self.guarded), None)
            if partner is not None:
                protected.update(range(match.start + 1, partner + 1))
        return protected

    def _inside_wishes(self, words: list[str]) -> set[int]:
        return {
            at
            for match in self.kept_together.find(words)
            for at in range(match.start + 1, match.end)
        }


def _ends_sentence(word: str) -> bool:
    return word[:1] in _SENTENCE_ENDS or "\n" in word


def _is_symbol(word: str) -> bool:
    """An emoji: people use them as a full stop."""
    return len(word) <= 2 and ord(word[0]) > 0x2190  # noqa: PLR2004  (arrows onwards)


def _has_word(words: list[str], start: int, end: int) -> bool:
    return any(words[i][:1].isalnum() for i in range(start, end))


@cache
def _cutter(language: Language) -> _Cutter:
    data = load_lexicon(f"clauses_{language.value}")
    sets = {
        name: frozenset(data[name].split())
        for name in (
            "contrast",
            "contrast_after_comma",
            "guarded",
            "no_contrast_after",
            "no_contrast_before",
            "midway",
            "alone",
            "after_alone",
            "joiners",
        )
    }
    return _Cutter(
        **sets,
        predicates=frozenset(data["verbs"].split()),
        not_only=PhraseBook((line, None) for line in data["not_only"]),
        kept_together=PhraseBook((line, None) for line in data["kept_together"]),
        language=language,
        openers=frozenset[str]().union(
            sets["joiners"], *(sets[name] for name in _CONTRASTS)
        ),
    )
