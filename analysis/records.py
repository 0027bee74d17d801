"""The frozen records that go into the analysis and come out of it.

Offsets are code points in the original text, half-open: ``text[start:end]``.
"""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    DUTCH = "nl"
    ENGLISH = "en"
    UNDETERMINED = "und"


class Polarity(StrEnum):
    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class Emotion(StrEnum):
    JOY = "joy"
    TRUST = "trust"
    SURPRISE = "surprise"
    FRUSTRATION = "frustration"
    ANGER = "anger"
    DISAPPOINTMENT = "disappointment"
    WORRY = "worry"
    RELIEF = "relief"
    NONE = "none"


class Stance(StrEnum):
    """The lane of the journey map that a mention belongs to."""

    ACTION = "action"
    THOUGHT = "thought"
    EMOTION = "emotion"
    WISH = "wish"
    FACT = "fact"


class Method(StrEnum):
    """What found the mention."""

    LEXICON = "lexicon"
    MODEL = "model"
    EXAMPLE = "example"
    QUESTION = "question"
    RESPONDENT = "respondent"  # who wrote the text, asked afterwards
    HUMAN = "human"


class QuestionRole(StrEnum):
    """What was asked; the question is evidence for what the answer is about."""

    FOUND_US = "found_us"
    WEBSITE_EXPERIENCE = "website_experience"
    FINDABILITY = "findability"
    INTERACTIONS = "interactions"
    TIME_ON_SITE = "time_on_site"
    DECIDING_FACTOR = "deciding_factor"
    SIMPLIFY_PURCHASE = "simplify_purchase"
    WHY_US = "why_us"
    INTERVIEW = "interview"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Text:
    """One text to analyse, with what is known about it beforehand."""

    text: str
    question: QuestionRole | None = None
    language: Language | None = None  # a prior (interface language), never the answer


@dataclass(frozen=True, slots=True)
class Clause:
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One touchpoint spoken of in one stretch of text."""

    start: int
    end: int
    touchpoint: str
    polarity: Polarity
    score: float  # -1 .. +1
    confidence: float  # 0 .. 1, calibrated: of mentions at 0.8 about 80 % are right
    emotion: Emotion = Emotion.NONE
    stance: Stance = Stance.FACT
    cues: tuple[str, ...] = ()
    method: Method = Method.LEXICON


@dataclass(frozen=True, slots=True)
class Factor:
    """What decided, and whether it spoke for or against buying."""

    factor: str
    direction: str  # "towards" | "away" | "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnalysis:
    language: Language
    overall: Polarity | None  # None: no opinion found
    clauses: tuple[Clause, ...] = ()
    mentions: tuple[Mention, ...] = ()
    factors: tuple[Factor, ...] = ()
