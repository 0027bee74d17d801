"""Which responses go into an export, as a record that a job can keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select

from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.responses.models import Response, ResponseMark

HOME = ZoneInfo("Europe/Amsterdam")  # a day of a filter begins at midnight here
PARTIAL = ("abandoned", "closed_partial")
EVERY_STATE = ("submitted", "excluded", *PARTIAL, "in_progress")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """None means: whatever it is. Sent and not left out is what counts by default."""

    questionnaire_id: int
    wave_id: int | None = None
    version_id: int | None = None
    language: str | None = None
    since: date | None = None
    until: date | None = None  # this day included
    include_partial: bool = False
    include_excluded: bool = False
    include_flagged: bool = False
    questions: tuple[str, ...] | None = None  # None: all of them
    everything: bool = False  # as a package takes it: no state left out
    one_each: bool = False  # of each person the last response in a wave

    def conditions(self) -> list[ColumnElement[bool]]:
        versions = select(QuestionnaireVersion.id).where(
            QuestionnaireVersion.questionnaire_id == self.questionnaire_id
        )
        conditions: list[ColumnElement[bool]] = [Response.version_id.in_(versions)]
        if self.wave_id is not None:
            conditions.append(Response.wave_id == self.wave_id)
        if self.version_id is not None:
            conditions.append(Response.version_id == self.version_id)
        if self.language is not None:
            conditions.append(_LANGUAGE.in_([self.language]))
        conditions += [*self._period(), self._states()]
        if self.one_each:
            last = select(func.max(Response.id)).where(*conditions)
            by_person = last.group_by(Response.respondent_id, Response.wave_id)
            conditions.append(Response.id.in_(by_person))
        return conditions

    def _period(self) -> list[ColumnElement[bool]]:
        period: list[ColumnElement[bool]] = []
        if self.since is not None:
            period.append(_midnight(self.since) <= _SAID_AT)
        if self.until is not None:
            period.append(_midnight(self.until + timedelta(days=1)) > _SAID_AT)
        return period

    def _states(self) -> ColumnElement[bool]:
        if self.everything:
            return Response.state.in_(EVERY_STATE)
        states = ["submitted", *(PARTIAL if self.include_partial else ())]
        wanted: ColumnElement[bool] = Response.state.in_(states)
        out = Response.state == "excluded"
        if self.include_excluded:
            wanted = or_(wanted, out)
        if self.include_flagged:  # left out by a rule; released, it counts as sent
            wanted = or_(wanted, and_(out, _IS_FLAGGED))
        return wanted

    def as_options(self) -> dict[str, Any]:
        """What a job keeps of it; `selection_of` reads it back."""
        options = {name: getattr(self, name) for name in _NAMES}
        for name in ("since", "until"):
            day = options[name]
            options[name] = None if day is None else day.isoformat()
        return options


_NAMES = tuple(Selection.__dataclass_fields__)
_LANGUAGE = func.coalesce(Response.language_submitted, Response.language_started)
_SAID_AT = func.coalesce(Response.submitted_at, Response.last_activity_at)
_IS_FLAGGED = exists().where(
    ResponseMark.response_id == Response.id, ResponseMark.kind == "flag"
)


def selection_of(options: Mapping[str, Any]) -> Selection:
    known = {name: options[name] for name in _NAMES if name in options}
    for name in ("since", "until"):
        if known.get(name):
            known[name] = date.fromisoformat(known[name])
    if known.get("questions") is not None:
        known["questions"] = tuple(known["questions"])
    return Selection(**known)


def _midnight(day: date) -> ColumnElement[datetime]:
    """Bound as a time of the column, so that each database compares it its own way."""
    return literal(datetime.combine(day, time(), HOME), Response.submitted_at.type)
