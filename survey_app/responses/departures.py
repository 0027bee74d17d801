"""Where people left: the page after the last one they saved."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from survey_app.questionnaires.path import next_page, visible_pages
from survey_app.questionnaires.published import question_set_of
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.rules import META, Answers
from survey_app.responses.counting import UNFINISHED_STATES
from survey_app.responses.models import PageEvent, Response
from survey_app.responses.said import collect, rule_values

CHECK_PAGE = "check"  # all answered, not sent


def remember_departures(session: Session, response_ids: Collection[int]) -> None:
    """Keep how far those who left came, without anything that tells who they were."""
    left = [
        {
            "version_id": response.version_id,
            "page_id": stopped_at(question_set_of(response.version), response),
            "kind": "left",
            "on_day": response.last_activity_at.date(),
        }
        for response in _unfinished(session, response_ids)
    ]
    if left:
        session.execute(insert(PageEvent), left)
    session.execute(
        update(PageEvent)
        .where(PageEvent.response_id.in_(response_ids))
        .values(response_id=None)
    )


def stopped_at(question_set: QuestionSet, response: Response) -> str:
    """The page that was shown last and never sent; ``check`` before sending."""
    answers = answers_of(question_set, response)
    pages = visible_pages(question_set, answers)
    last = next((page for page in pages if page.id == response.last_page_id), None)
    if last is None:
        answered = {answer.question_id for answer in response.answers}
        reached = [
            page
            for page in pages
            if answered.intersection(asked.id for asked in page.questions)
        ]
        last = reached[-1] if reached else None
    if last is None:
        return pages[0].id
    following = next_page(pages, last)
    return CHECK_PAGE if following is None else following.id


def answers_of(question_set: QuestionSet, response: Response) -> Answers:
    """Answers on the path and what is known beside them, as conditions see them."""
    rows = sorted(response.answers, key=lambda row: (row.question_id, row.position))
    said = collect((row.question_id, row.code, row.text) for row in rows if row.on_path)
    return {**rule_values(question_set, said), **_meta(response)}


def _meta(response: Response) -> Mapping[str, str | None]:
    return {
        f"{META}language": response.language_submitted or response.language_started,
        f"{META}privacy_mode": response.privacy_mode,
        f"{META}source": response.source,
        f"{META}device": response.device,
    }


def _unfinished(session: Session, response_ids: Collection[int]) -> Sequence[Response]:
    return session.scalars(
        select(Response)
        .where(Response.id.in_(response_ids), Response.state.in_(UNFINISHED_STATES))
        .options(joinedload(Response.version), selectinload(Response.answers))
    ).all()
