"""The first page, shown and sent: by the open address or by an invitation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from survey_app.clock import now
from survey_app.db import get_session
from survey_app.invitations.models import Invitation
from survey_app.keys import new_nonce
from survey_app.questionnaires.queries import Fielding, find_version
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.responses import notices
from survey_app.responses.arrivals import Arrival, read_arrival
from survey_app.responses.devices import device_of
from survey_app.responses.form_tokens import FormToken
from survey_app.responses.framing import is_in_frame
from survey_app.responses.front_page import FrontPage
from survey_app.responses.legibility import as_seen
from survey_app.responses.page_views import ResponsePage, secret
from survey_app.responses.receiving import answer_page
from survey_app.responses.starting import Start, is_full, start_or_find


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """One way in; ``endpoint`` and ``values`` make its address in any language."""

    fielding: Fielding
    language: str
    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    invitation: Invitation | None = None

    @property
    def source(self) -> str:
        """Where somebody comes from whose address does not say so."""
        if is_in_frame():
            return "embed"
        return "link" if self.invitation is None else "mail"

    @property
    def question_set(self) -> QuestionSet:
        question_set = notices.question_set_for(self.fielding)
        return notices.in_language(question_set, self.language)

    def address(self, language: str | None = None) -> str:
        lang = language or self.language
        return url_for(self.endpoint, **self.values, lang=lang)

    def front_page(self, arrival: Arrival, nonce: str | None = None) -> FrontPage:
        return FrontPage(
            self.question_set,
            self.fielding.version_id,
            self.language,
            nonce or new_nonce(),
            self.address(),
            arrival,
            self.fielding.measured_minutes,
        )

    def at_version_of(self, token: FormToken) -> Self | None:
        """As it was when this page was shown; None when there was no such version."""
        shown = find_version(get_session(), self.fielding, token.version_id)
        if shown is None:
            return None
        return type(self)(
            fielding=shown,
            language=self.language,
            endpoint=self.endpoint,
            values=self.values,
            invitation=self.invitation,
        )


def show_first_page(entrance: Entrance) -> ResponseReturnValue:
    """Nothing is stored for who only looks."""
    question_set = entrance.question_set
    if not entrance.fielding.is_open(now()):
        return notices.not_open(entrance.fielding, question_set)
    if is_full(get_session(), entrance.fielding):
        return notices.enough_responses(question_set), 409
    if question_set.settings.ask_back:
        current_app.extensions["touchpoint_reader"].prepare()
    arrival = read_arrival(request.args, question_set, otherwise=entrance.source)
    return entrance.front_page(arrival).draw()


def receive_first_page(entrance: Entrance) -> ResponseReturnValue:
    token = FrontPage.read_token()
    shown = None if token is None else entrance.at_version_of(token)
    if token is None or shown is None:
        front = entrance.front_page(Arrival(entrance.source))
        return front.draw_again("unreadable"), 400
    front = shown.front_page(token.arrival, token.nonce)
    if token.is_expired(now()):
        return front.draw_again("expired")
    chosen = front.chosen_language()
    if chosen == entrance.language:
        return front.draw_again(None)
    if chosen is not None:
        return redirect(entrance.address(chosen), 307)
    if missing := front.missing_consent():
        return front.draw_errors(missing), 422
    return _begin(shown, front, token)


def _begin(
    entrance: Entrance, front: FrontPage, token: FormToken
) -> ResponseReturnValue:
    session = get_session()
    start = Start(
        fielding=entrance.fielding,
        question_set=front.question_set,
        nonce=token.nonce,
        language=entrance.language,
        arrival=token.arrival,
        invitation=entrance.invitation,
        device=device_of(request.user_agent.string),
        has_consented=front.has_consented,
    )
    key, visit = start_or_find(session, start, secret=secret(), at=now())
    if visit.is_sent:
        return notices.already_received(visit)
    visit = as_seen(visit, entrance.language)
    page = ResponsePage(visit, front.page, key, entrance.language)
    return answer_page(session, page, token)
