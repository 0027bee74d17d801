"""How much came in for each questionnaire and wave, for its keeper."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.overview import Tally
from survey_app.responses.models import Response


def count_responses(session: Session) -> Mapping[int, Tally]:
    """By questionnaire: the people who sent it, in one reading of the responses."""
    questionnaire_id = QuestionnaireVersion.questionnaire_id
    rows = session.execute(
        select(
            questionnaire_id,
            Response.wave_id,
            func.count(Response.respondent_id.distinct()),
            func.max(Response.submitted_at),
        )
        .join(Response.version)
        .where(Response.state == "submitted")
        .group_by(questionnaire_id, Response.wave_id)
    ).all()
    waves: dict[int, dict[int, int]] = defaultdict(dict)
    people: dict[int, int] = defaultdict(int)
    last: dict[int, datetime | None] = {}
    for owner, wave_id, count, latest in rows:
        people[owner] += count
        last[owner] = max(filter(None, (latest, last.get(owner))), default=None)
        if wave_id is not None:
            waves[owner][wave_id] = count
    return {owner: Tally(people[owner], last[owner], waves[owner]) for owner in people}
