"""Which responses a list shows: a GET form, read leniently."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, UnaryExpression, exists, func, select

from survey_app.clock import HOME
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.responses.models import Answer, Response, ResponseMark

LONGEST_SEARCH = 100
LANGUAGES = ("nl", "en")
STATES = ("submitted", "excluded", "closed_partial", "abandoned", "in_progress")
ANY = "any"
ORDERS = ("newest", "oldest")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFilter:
    """None means: whatever it is; ``words`` must occur in one of the answers."""

    questionnaire: int | None = None
    version: int | None = None
    wave: int | None = None
    language: str | None = None
    state: str | None = "submitted"
    source: str | None = None
    flag: str | None = None
    tag: str | None = None
    words: str = ""
    since: date | None = None
    until: date | None = None
    order: str = "newest"

    @property
    def is_narrowed(self) -> bool:
        return self != ResponseFilter(order=self.order)

    @property
    def has_more(self) -> bool:
        """Whether anything is chosen that is folded away."""
        more = (self.version, self.language, self.source, self.flag, self.since)
        return any(each is not None for each in (*more, self.until))

    def conditions(self) -> list[ColumnElement[bool]]:
        language = func.coalesce(Response.language_submitted, Response.language_started)
        equal = (
            (Response.version_id, self.version),
            (Response.wave_id, self.wave),
            (language, self.language),
            (Response.state, self.state),
            (Response.source, self.source),
        )
        found: list[ColumnElement[bool]] = [
            column == value for column, value in equal if value is not None
        ]
        return [*found, *self._belonging(), *self._marked(), *self._period()]

    def sorting(self) -> tuple[UnaryExpression[Any], ...]:
        """The order of the list; the same moment in order of arrival."""
        moment, row = Response.last_activity_at, Response.id
        if self.order == "oldest":
            return moment.asc(), row.asc()
        return moment.desc(), row.desc()

    def _belonging(self) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if self.questionnaire is not None:
            versions = select(QuestionnaireVersion.id).where(
                QuestionnaireVersion.questionnaire_id == self.questionnaire
            )
            conditions.append(Response.version_id.in_(versions))
        if self.words:
            said = Answer.text.icontains(self.words, autoescape=True)
            conditions.append(
                exists().where(Answer.response_id == Response.id, Answer.on_path, said)
            )
        return conditions

    def _marked(self) -> list[ColumnElement[bool]]:
        return [
            exists().where(
                ResponseMark.response_id == Response.id,
                ResponseMark.kind == kind,
                ResponseMark.name == name,
            )
            for kind, name in (("flag", self.flag), ("tag", self.tag))
            if name is not None
        ]

    def _period(self) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        if self.since is not None:
            conditions.append(Response.last_activity_at >= _midnight(self.since))
        if self.until is not None:
            after = _midnight(self.until + timedelta(days=1))
            conditions.append(Response.last_activity_at < after)
        return conditions


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What there is to choose from, by value and words."""

    questionnaires: Mapping[int, str]
    versions: Mapping[int, str]
    waves: Mapping[int, str]
    sources: tuple[str, ...]
    flags: tuple[str, ...]
    tags: tuple[str, ...]


def read_filter(given: Mapping[str, str], choices: Choices) -> ResponseFilter:
    """What cannot be chosen is left out, so that an old address still works."""
    state = given.get("state")
    if state not in STATES and state != ANY:
        state = "submitted"
    return ResponseFilter(
        questionnaire=_row(choices.questionnaires, given.get("questionnaire")),
        version=_row(choices.versions, given.get("version")),
        wave=_row(choices.waves, given.get("wave")),
        language=_one_of(LANGUAGES, given.get("language")),
        state=None if state == ANY else state,
        source=_one_of(choices.sources, given.get("source")),
        flag=_one_of(choices.flags, given.get("flag")),
        tag=_one_of(choices.tags, given.get("tag")),
        words=given.get("words", "").replace("\0", "").strip()[:LONGEST_SEARCH],
        since=_day(given.get("since")),
        until=_day(given.get("until")),
        order=_one_of(ORDERS, given.get("order")) or ORDERS[0],
    )


def _one_of(values: tuple[str, ...], given: str | None) -> str | None:
    return given if given in values else None


def _row(rows: Mapping[int, str], given: str | None) -> int | None:
    return next((row_id for row_id in rows if str(row_id) == given), None)


def _day(given: str | None) -> date | None:
    try:
        day = date.fromisoformat(given or "")
    except ValueError:
        return None
    return day if date.min < day < date.max else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HOME)
