"""The types of question, and what they have in common."""

from enum import StrEnum


class QuestionType(StrEnum):
    TEXT_SHORT = "text_short"
    TEXT_LONG = "text_long"
    CHOICE = "choice"
    MULTI = "multi"
    RANKING = "ranking"
    SCALE = "scale"
    NPS = "nps"
    YES_NO = "yes_no"
    MATRIX = "matrix"
    NUMBER = "number"
    DATE = "date"
    EMAIL = "email"
    INFO = "info"


TEXT_TYPES = frozenset({QuestionType.TEXT_SHORT, QuestionType.TEXT_LONG})
WRITTEN_TYPES = TEXT_TYPES | {QuestionType.EMAIL}
PICK_MORE_TYPES = frozenset({QuestionType.MULTI, QuestionType.RANKING})
PICK_ONE_TYPES = frozenset(
    {
        QuestionType.CHOICE,
        QuestionType.SCALE,
        QuestionType.NPS,
        QuestionType.YES_NO,
    }
)
DETAIL_TYPES = frozenset(  # may have a text box beside the options
    {
        QuestionType.CHOICE,
        QuestionType.MULTI,
        QuestionType.RANKING,
        QuestionType.SCALE,
        QuestionType.NPS,
        QuestionType.YES_NO,
    }
)
NUMERIC_TYPES = frozenset({QuestionType.SCALE, QuestionType.NPS, QuestionType.NUMBER})
