"""The first screen: the first questions, or the notice alone; nothing is stored yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from flask import request
from flask_babel import gettext as _
from werkzeug.datastructures import ImmutableMultiDict

from survey_app.clock import now
from survey_app.questionnaires.path import visible_pages
from survey_app.questionnaires.question_set import Page, QuestionSet
from survey_app.questionnaires.rules import META, Answers
from survey_app.responses import form_tokens
from survey_app.responses.arrivals import Arrival
from survey_app.responses.devices import device_of
from survey_app.responses.drawing import Layout, Trouble, draw_page
from survey_app.responses.form_tokens import FormToken
from survey_app.responses.forms import find_errors
from survey_app.responses.framing import is_in_frame
from survey_app.responses.page_views import messages, posted_token, secret
from survey_app.responses.posted import CONSENT, FormValues
from survey_app.responses.steps import INTRO, progress_at, sends_all


@dataclass(frozen=True)
class FrontPage:
    """The first screen, while nothing is stored yet."""

    question_set: QuestionSet
    version_id: int
    language: str
    nonce: str
    address: str
    arrival: Arrival = field(default_factory=Arrival)
    measured_minutes: int | None = None

    @staticmethod
    def read_token() -> FormToken | None:
        token = posted_token()
        return token if token is not None and token.nonce else None

    @cached_property
    def page(self) -> Page:
        return INTRO if self.question_set.settings.intro_page else self._pages[0]

    @cached_property
    def _answers(self) -> Answers:
        settings = self.question_set.settings
        return {
            f"{META}language": self.language,
            f"{META}privacy_mode": settings.privacy_mode,
            f"{META}source": self.arrival.source,
            f"{META}device": device_of(request.user_agent.string),
        }

    @cached_property
    def _pages(self) -> tuple[Page, ...]:
        return visible_pages(self.question_set, self._answers)

    def chosen_language(self) -> str | None:
        """The language that the respondent switched to with this post, if any."""
        chosen = request.form.get("action", "").removeprefix("lang:")
        return chosen if chosen in self.question_set.languages else None

    @property
    def has_consented(self) -> bool:
        return self.question_set.consent is not None and CONSENT in request.form

    def missing_consent(self) -> Mapping[str, str]:
        """Why nothing may be stored yet; and then also what else is wrong here."""
        consent = self.question_set.consent
        if consent is None or not consent.required or self.has_consented:
            return {}
        needed = {CONSENT: _("Tick this box if you want to take part.")}
        return {**find_errors(self.page, request.form), **needed}

    def draw(self) -> str:
        return self._draw(ImmutableMultiDict(), None)

    def draw_again(self, reason: str | None) -> str:
        """With what was typed, and a fresh token."""
        trouble = None if reason is None else Trouble(message=messages()[reason])
        return self._draw(request.form, trouble)

    def draw_errors(self, errors: Mapping[str, str]) -> str:
        return self._draw(request.form, Trouble(errors=errors))

    def _draw(self, values: FormValues, trouble: Trouble | None) -> str:
        token = FormToken(
            subject=form_tokens.NEW + self.nonce,
            page_id=self.page.id,
            version_id=self.version_id,
            issued_at=now(),
            arrival=self.arrival,
        )
        layout = Layout(
            question_set=self.question_set,
            page=self.page,
            language=self.language,
            wordings=tuple(it.wording(self._answers) for it in self.page.questions),
            progress=progress_at(self.question_set, self._pages, self.page),
            root=request.script_root,
            in_frame=is_in_frame(),
            is_first=True,
            minutes=self.measured_minutes or self.question_set.minutes,
            sends=sends_all(self.question_set, self._pages, self.page),
        )
        signed = form_tokens.sign(token, secret())
        return draw_page(
            layout,
            frame={"token": signed, "action": self.address},
            values=values,
            trouble=trouble,
        )
