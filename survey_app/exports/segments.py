"""What the analysis, or a person, saw in which words: one row for each mention."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.exports.extracts import Extract, Reads
from survey_app.exports.values import Value
from survey_app.insights.generations import find_current
from survey_app.insights.models import AnalysedText, Correction, Mention
from survey_app.responses.models import Answer, Response
from survey_app.touchpoints.queries import is_shown, read_catalogue

HEADER = (
    "response_id",
    "question",
    "start",
    "end",
    "text",
    "touchpoint",
    "stage",
    "sentiment",
    "score",
    "confidence",
    "emotion",
    "stance",
    "language",
    "method",
    "model_version",
    "corrected_by",
)
BY_HAND = "human"
CorrectionKey = tuple[int | None, int, int, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextSegment:
    """A mention with the exact words that it is about."""

    response_id: str
    question_id: str
    quote: str
    mention: Mention
    language: str
    version: str
    corrected_by: int | None
    phase: str

    def row(self) -> list[Value]:
        mention = self.mention
        who = None if self.corrected_by is None else f"staff {self.corrected_by}"
        return [
            self.response_id,
            self.question_id,
            mention.start,
            mention.end,
            self.quote,
            mention.touchpoint,
            self.phase,
            mention.polarity,
            round(mention.score, 4),
            round(mention.confidence, 4),
            mention.emotion,
            mention.stance,
            self.language,
            mention.method,
            self.version,
            who,
        ]


def read_segments(source: Reads, extract: Extract) -> Iterator[list[TextSegment]]:
    """The mentions in the extract's responses, batch by batch.

    A correction has taken the place of what it speaks of when it was made, so that
    the mentions are what holds now; the correction tells by whom. A new analysis that
    is whole halfway changes nothing: all are of the generation it began with.
    """
    with source.read() as session:
        generation = find_current(session)
    for ids in extract.batches():
        with source.read() as session:
            yield _read_batch(session, ids, extract.selection.questions, generation)


def _read_batch(
    session: Session,
    ids: Sequence[int],
    questions: tuple[str, ...] | None,
    generation: int,
) -> list[TextSegment]:
    rows = session.execute(
        select(
            Mention,
            Answer.id,
            Answer.text,
            Answer.question_id,
            AnalysedText.language,
            AnalysedText.version,
            Response.public_id,
        )
        .join(AnalysedText, AnalysedText.id == Mention.analysed_text_id)
        .join(Answer, Answer.id == AnalysedText.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .where(Answer.response_id.in_(ids), Answer.on_path)
        .where(Mention.generation == generation, is_shown(Mention.touchpoint))
        .order_by(Response.public_id, Answer.id, Mention.start, Mention.id)
    ).all()
    correctors = _correctors(session, {row[1] for row in rows})
    stage_of = read_catalogue(session).phase_of
    return [
        TextSegment(
            response_id=public_id,
            question_id=question_id,
            quote=text[mention.start : mention.end],
            mention=mention,
            language=language,
            version=version,
            corrected_by=_corrector(correctors, answer_id, mention),
            phase=stage_of(mention.touchpoint) or "",
        )
        for mention, answer_id, text, question_id, language, version, public_id in rows
        if (questions is None or question_id in questions)
        and text is not None
        and mention.end <= len(text)  # else made of words that are gone
    ]


def _corrector(
    correctors: dict[CorrectionKey, int], answer_id: int, mention: Mention
) -> int | None:
    if mention.method != BY_HAND:
        return None
    key = (answer_id, mention.start, mention.end, mention.touchpoint)
    return correctors.get(key)


def _correctors(session: Session, answer_ids: set[int]) -> dict[CorrectionKey, int]:
    """Who spoke last of each place."""
    rows = session.execute(
        select(
            Correction.answer_id,
            Correction.start,
            Correction.end,
            Correction.touchpoint,
            Correction.corrected_by,
        )
        .where(Correction.answer_id.in_(answer_ids))
        .order_by(Correction.id)
    )
    return {
        (answer_id, start, end, touchpoint): staff_id
        for answer_id, start, end, touchpoint, staff_id in rows
    }
