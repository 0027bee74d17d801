"""Responses for exports, read in batches so that their number does not matter."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from survey_app.exports.catalogue import Catalogue, build_catalogue
from survey_app.exports.records import ResponseRecord, shown_questions
from survey_app.exports.selection import Selection
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion, Wave
from survey_app.questionnaires.published import question_set_of
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.responses.models import Answer, Response, ResponseMark
from survey_app.responses.said import Said, collect
from survey_app.touchpoints.queries import read_catalogue

BATCH = 500
RESPONSES = Response.__table__.c


class Reads(Protocol):
    """A database, as far as exports need one: each batch is a read of its own."""

    def read(self) -> Session: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A version of the questionnaire with what it asked."""

    id: int
    version: str
    question_set: QuestionSet
    comparability: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract:
    """What an export is made of: which responses, and which columns.

    The ids are settled at the start: who answers meanwhile is not in it. They are in
    the order of the public ids, which tells nothing of when or by whom.
    """

    slug: str
    selection: Selection
    editions: tuple[Edition, ...]  # the newest first
    catalogue: Catalogue
    ids: "array[int]"

    @property
    def total(self) -> int:
        return len(self.ids)

    def title(self, language: str) -> str:
        texts = self.editions[0].question_set.title
        return texts.get(language) or next(iter(texts.values()))

    def batches(self, size: int = BATCH) -> Iterator["array[int]"]:
        for start in range(0, len(self.ids), size):
            yield self.ids[start : start + size]


class NothingPublishedError(LookupError):
    """A questionnaire without any version has no columns."""


def prepare_extract(
    session: Session, selection: Selection, *, taken: Sequence[str] = ()
) -> Extract:
    questionnaire = session.get_one(Questionnaire, selection.questionnaire_id)
    editions = list_editions(session, questionnaire)
    if selection.version_id is not None:
        editions = tuple(e for e in editions if e.id == selection.version_id)
    if not editions:
        raise NothingPublishedError(questionnaire.slug)
    chosen = selection.questions
    return Extract(
        slug=questionnaire.slug,
        selection=selection,
        editions=editions,
        catalogue=build_catalogue(
            [edition.question_set for edition in editions],
            taken=taken,
            questions=None if chosen is None else frozenset(chosen),
            touchpoints=read_catalogue(session),
        ),
        ids=list_ids(session, selection),
    )


def list_editions(
    session: Session, questionnaire: Questionnaire
) -> tuple[Edition, ...]:
    """The versions that somebody answered, the newest first; else the one in use."""
    answered = exists().where(Response.version_id == QuestionnaireVersion.id)
    of_all = (
        select(QuestionnaireVersion)
        .where(QuestionnaireVersion.questionnaire_id == questionnaire.id)
        .order_by(
            QuestionnaireVersion.published_at.desc(), QuestionnaireVersion.id.desc()
        )
    )
    active = QuestionnaireVersion.id == questionnaire.active_version_id
    versions = (
        session.scalars(of_all.where(answered)).all()
        or session.scalars(of_all.where(active)).all()
    )
    return tuple(
        Edition(
            id=version.id,
            version=version.version,
            question_set=question_set_of(version),
            comparability=version.comparability,
        )
        for version in versions
    )


def list_ids(session: Session, selection: Selection) -> "array[int]":
    """Eight bytes a response: all that is kept of them at once."""
    return array(
        "q",
        session.scalars(
            select(Response.id)
            .where(*selection.conditions())
            .order_by(Response.public_id)
            .execution_options(yield_per=10_000)
        ),
    )


def read_records(source: Reads, extract: Extract) -> Iterator[list[ResponseRecord]]:
    """The responses in batches, each with all that was said on its path."""
    by_version = {each.id: each for each in extract.editions}
    for ids in extract.batches():
        with source.read() as session:
            yield _read_batch(session, ids, by_version)


def _read_batch(
    session: Session, ids: Sequence[int], editions: dict[int, Edition]
) -> list[ResponseRecord]:
    rows = session.execute(
        select(Response.__table__, Wave.code.label("wave"))
        .outerjoin(Wave, Wave.id == RESPONSES.wave_id)
        .where(RESPONSES.id.in_(ids), RESPONSES.version_id.in_(editions))
        .order_by(RESPONSES.public_id)
    ).all()
    said, marks = _said(session, ids), _marks(session, ids)
    return [
        _record(row, editions[row.version_id], said.get(row.id, {}), marks[row.id])
        for row in rows
    ]


def _said(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Said]]:
    rows = session.execute(
        select(Answer.response_id, Answer.question_id, Answer.code, Answer.text)
        .where(Answer.response_id.in_(ids), Answer.on_path)
        .order_by(Answer.response_id, Answer.question_id, Answer.position)
    )
    by_response: dict[int, list[tuple[str, str | None, str | None]]] = defaultdict(list)
    for response_id, question_id, code, text in rows:
        by_response[response_id].append((question_id, code, text))
    return {name: collect(answers) for name, answers in by_response.items()}


def _marks(
    session: Session, ids: Sequence[int]
) -> dict[int, dict[str, tuple[str, ...]]]:
    rows = session.execute(
        select(ResponseMark.response_id, ResponseMark.kind, ResponseMark.name)
        .where(ResponseMark.response_id.in_(ids))
        .order_by(ResponseMark.name)
    )
    marks: dict[int, dict[str, tuple[str, ...]]] = defaultdict(
        lambda: {"flag": (), "tag": ()}
    )
    for response_id, kind, name in rows:
        marks[response_id][kind] += (name,)
    return marks


def _record(
    row: Row[Any],
    edition: Edition,
    said: dict[str, Said],
    marks: dict[str, tuple[str, ...]],
) -> ResponseRecord:
    meta = {
        "language": row.language_submitted or row.language_started,
        "privacy_mode": row.privacy_mode,
        "source": row.source,
        "device": row.device,
    }
    return ResponseRecord(
        row_id=row.id,
        response_id=row.public_id,
        receipt=row.receipt,
        version=edition.version,
        question_set=edition.question_set,
        wave=row.wave,
        source=row.source,
        state=row.state,
        privacy_mode=row.privacy_mode,
        language_started=row.language_started,
        language_submitted=row.language_submitted,
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        changed_at=row.changed_at,
        device=row.device,
        flags=marks["flag"],
        tags=marks["tag"],
        note=row.note,
        prefill=row.prefill or {},
        said=said,
        shown=shown_questions(edition.question_set, said, meta),
    )
