"""What the pages of one questionnaire have in common."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from flask import abort, current_app
from flask_security import current_user

from survey_app.clock import now
from survey_app.db import get_session
from survey_app.questionnaires import overview
from survey_app.questionnaires.drafts import Keeper, find_draft_of
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.overview import CountResponses, Tally
from survey_app.questionnaires.published import read_or_none
from survey_app.questionnaires.queries import find_questionnaire

PREFIX = "/staff/questionnaires"
COUNT_RESPONSES = "count_responses"  # put there by the application: CountResponses


def who() -> Keeper:
    return Keeper(staff_id=current_user.id, at=now())


def tallies() -> Mapping[int, Tally]:
    count = cast("CountResponses", current_app.extensions[COUNT_RESPONSES])
    return count(get_session())


def get_questionnaire(slug: str) -> Questionnaire:
    """One that was published at least once; there is nothing to show of others."""
    found = find_questionnaire(get_session(), slug)
    if found is None or found.active_version is None:
        abort(404)
    return found


def frame(questionnaire: Questionnaire, *, at: datetime) -> dict[str, object]:
    """What the top of each page of one questionnaire shows."""
    tally = tallies().get(questionnaire.id, Tally())
    return {
        "questionnaire": questionnaire,
        "current": read_or_none(questionnaire.active_version),
        "tally": tally,
        "state": overview.state_of(questionnaire, tally, at=at),
        "draft": find_draft_of(get_session(), questionnaire),
        "today": at.date(),
    }
