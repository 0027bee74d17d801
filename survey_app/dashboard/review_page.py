"""One thing to judge, ready to draw: the words, the question, what the machine says."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.dashboard.answers import Reading
from survey_app.dashboard.marking import Stretch, stretches
from survey_app.insights.clause_spans import clause_spans
from survey_app.insights.masking import mask_spans, mask_words
from survey_app.insights.models import Mention
from survey_app.insights.review_queue import Item
from survey_app.insights.review_texts import ReviewText, read_review_text
from survey_app.questionnaires.published import read_or_none

SURENESS = (
    (0.9, _("sure")),
    (0.75, _("fairly sure")),
    (0.5, _("in doubt")),
    (0.0, _("guessing")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """``mention`` None: asked is whether the text holds more than what is marked."""

    item: Item
    text: ReviewText
    stretches: tuple[Stretch, ...]
    question: str | None
    mention: Mention | None
    clauses: tuple[str, ...]


def sureness_words(confidence: float) -> object:
    return next(words for least, words in SURENESS if confidence >= least)


def draw_item(session: Session, item: Item) -> ReviewPage | None:
    """None: the text is gone."""
    text = read_review_text(session, item.text_id)
    if text is None:
        return None
    mention = next((each for each in text.mentions if each.id == item.mention_id), None)
    marked = text.mentions if mention is None else (mention,)
    clauses = clause_spans(text.words, text.language)
    words, spans = _readable(text.words, [*map(_span, marked), *clauses])
    evidence, parts = spans[: len(marked)], spans[len(marked) :]
    marks = [
        (*span, each.polarity) for span, each in zip(evidence, marked, strict=True)
    ]
    return ReviewPage(
        item=item,
        text=text,
        stretches=stretches(words, marks),
        question=_question(text),
        mention=mention,
        clauses=tuple(words[start:end] for start, end in parts),
    )


def _span(mention: Mention) -> tuple[int, int]:
    return mention.start, mention.end


def _readable(
    words: str, spans: Sequence[tuple[int, int]]
) -> tuple[str, Sequence[tuple[int, int]]]:
    """Masked, but for those who may read whole responses anyway."""
    if access.may(Permission.READ_RESPONSES):
        return words, spans
    return mask_spans(words, spans)


def _question(text: ReviewText) -> str | None:
    """In the words in which it was asked, without what was filled in from answers."""
    if text.asked is not None:
        whole = access.may(Permission.READ_RESPONSES)
        return text.asked if whole else mask_words(text.asked)
    question_set = read_or_none(text.version)
    if question_set is None or text.question_id is None:
        return None
    question = question_set.questions_by_answer.get(text.question_id)
    if question is None:
        return None
    reading = Reading(
        question_set=question_set, said={}, language=text.asked_in or "nl"
    )
    return reading.title(question)
