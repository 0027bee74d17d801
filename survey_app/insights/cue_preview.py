"""Where cue phrases stand in what came in: a look before a touchpoint is kept."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.insights.masking import mask_words
from survey_app.responses.counting import counts
from survey_app.responses.models import SEALED, Answer, Response

LOOKED_AT = 1_000  # of the newest texts: a page has to come back soon
SHOWN = 3
AROUND = 120  # code points on each side of what was found


@dataclass(frozen=True, slots=True)
class CuePreview:
    """In how many of how many texts they were found, and a few of those, masked."""

    found: int
    texts: int
    sentences: tuple[str, ...]


def preview_cues(
    session: Session, *, dutch: Sequence[str], english: Sequence[str]
) -> CuePreview:
    # Loads spaCy, which no other page needs.
    from analysis.cues import CueBook, words_in  # noqa: PLC0415
    from analysis.own_touchpoints import phrases_of  # noqa: PLC0415
    from analysis.records import Language  # noqa: PLC0415

    cues = ((Language.DUTCH, dutch), (Language.ENGLISH, english))
    book = CueBook(
        (phrase, None)
        for language, given in cues
        for cue in given
        for phrase in phrases_of(cue, language)
    )
    texts = _newest(session)
    found = 0
    sentences: list[str] = []
    for text in texts:
        words = words_in(text)
        matches = book.find(words)
        if not matches:
            continue
        found += 1
        if len(sentences) < SHOWN:
            word = words[matches[0].positions[0]]
            sentences.append(_around(mask_words(text), word.start))
    return CuePreview(found, len(texts), tuple(sentences))


def _newest(session: Session) -> Sequence[str]:
    statement = (
        select(Answer.text)
        .join(Answer.response)
        .where(Answer.text.is_not(None), Answer.on_path, counts())
        .where(func.coalesce(Answer.role, "") != SEALED)
        .order_by(Response.id.desc())
        .limit(LOOKED_AT)
    )
    return [text for text in session.scalars(statement) if text]


def _around(text: str, place: int) -> str:
    start, end = max(0, place - AROUND), place + AROUND
    before, after = "…" if start else "", "…" if end < len(text) else ""
    return f"{before}{text[start:end].strip()}{after}"
