"""Hands texts to the encoder: whole where they are short, and clause by clause.

A long text is read in passages of a few sentences, so that nothing lies beyond what
the encoder reads at once, and an interview yields a mention where it is spoken rather
than one for all. Where a passage has several clauses each is read by itself, too: it
shows where a touchpoint is spoken of, and praise beside blame.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analysis.encoder import Encoder, Judgement
from analysis.mentions import ReadClause
from analysis.reading import Reading
from analysis.records import Text
from analysis.weigher import WeighedText

_LONGEST = 60  # words of a passage, unless one clause has more


@dataclass(frozen=True, slots=True)
class _Passage:
    """Clauses of a text that are read in one go."""

    reading: Reading
    text: Text
    first: int
    end: int

    @property
    def clauses(self) -> Sequence[ReadClause]:
        return self.reading.clauses[self.first : self.end]

    @property
    def start_char(self) -> int:
        return self.clauses[0].span.start_char if self.first else 0

    @property
    def end_char(self) -> int:
        is_last = self.end == len(self.reading.clauses)
        return len(self.text.text) if is_last else self.clauses[-1].span.end_char

    def texts(self) -> list[Text]:
        """What the encoder reads: the passage, and its clauses if it has several."""
        whole = self._part(self.start_char, self.end_char)
        if len(self.clauses) == 1:
            return [whole]
        spans = [clause.span for clause in self.clauses]
        return [whole, *(self._part(one.start_char, one.end_char) for one in spans)]

    def _part(self, start: int, end: int) -> Text:
        language = self.reading.reader.language
        return replace(self.text, text=self.text.text[start:end], language=language)

    def weighed(self, judged: Sequence[Sequence[Judgement]]) -> WeighedText:
        """The passage with what the encoder made of each of its ``texts``."""
        whole, *parts = judged
        return WeighedText(
            clauses=self.reading.clauses,
            first=self.first,
            end=self.end,
            drafts=[
                draft
                for draft in self.reading.drafts
                if self.first <= draft.clause < self.end
            ],
            judgements=whole,
            by_clause=parts or [whole],
            role=self.text.question,
            language=self.reading.reader.language,
        )


def read_passages(
    texts: Sequence[Text], readings: Sequence[Reading], encoder: Encoder
) -> list[list[WeighedText]]:
    """The passages of each text as rules and encoder read them, in order.

    Texts in which the rules found nothing to read have no passages.
    """
    passages = [
        list(_passages(text, reading))
        for text, reading in zip(texts, readings, strict=True)
    ]
    given = [text for some in passages for one in some for text in one.texts()]
    judged = iter(encoder.judge(given))
    return [
        [one.weighed([next(judged) for _ in one.texts()]) for one in some]
        for some in passages
    ]


def _passages(text: Text, reading: Reading) -> Iterator[_Passage]:
    first, words = 0, 0
    for at, clause in enumerate(reading.clauses):
        count = len(clause.words)
        if at > first and words + count > _LONGEST:
            yield _Passage(reading, text, first, at)
            first, words = at, 0
        words += count
    if reading.clauses:
        yield _Passage(reading, text, first, len(reading.clauses))
