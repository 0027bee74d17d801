"""Sentences as they may be shown to whoever may not read whole responses."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.redaction import redact
from survey_app.insights.sentences import Sentence


def mask(sentence: Sentence) -> Sentence:
    """The same sentence without personal data; what that is, ``analysis`` knows."""
    redacted = redact(sentence.text, [(sentence.start, sentence.end)])
    [(start, end)] = redacted.spans
    return replace(sentence, text=redacted.text, start=start, end=end)


def mask_all(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    return tuple(map(mask, sentences))


def mask_words(text: str) -> str:
    """A text without personal data."""
    return redact(text).text


def mask_spans(
    text: str, spans: Sequence[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """A text without personal data, and where these parts of it stand then."""
    redacted = redact(text, spans)
    return redacted.text, list(redacted.spans)
