"""The pages of one respondent: their token, their address, how they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from flask import current_app, render_template, request, url_for
from flask_babel import gettext as _

from survey_app.clock import now
from survey_app.config import Settings
from survey_app.questionnaires.question_set import (
    Page,
    Question,
    QuestionSet,
    QuestionType,
)
from survey_app.responses import asking_back, form_tokens
from survey_app.responses.addresses import GIVEN
from survey_app.responses.drawing import Layout, Trouble, draw_page, piped_texts
from survey_app.responses.form_tokens import FormToken
from survey_app.responses.framing import is_in_frame
from survey_app.responses.judging import errors_on
from survey_app.responses.posted import FormValues, as_posted
from survey_app.responses.said import NOTHING
from survey_app.responses.steps import progress_at, sends_all
from survey_app.responses.visits import Visit

CHECK_PAGE = "check"


def secret() -> str:
    return str(current_app.config["SECRET_KEY"])


def least_seconds() -> float:
    """What a person needs for a page, by the settings of this installation."""
    return cast("Settings", current_app.extensions["settings"]).seconds_per_page


def messages() -> Mapping[str, str]:
    return {
        "unreadable": _(
            "We could not tell where this came from. Please check it and send it again."
        ),
        "expired": _(
            "This page was open for a long time. Please check and send again."
        ),
    }


@dataclass(frozen=True, slots=True)
class ResponsePage:
    """A page of a response that exists."""

    visit: Visit
    page: Page
    key: str
    language: str

    @property
    def place(self) -> Page:
        """The page on the path that this one belongs to."""
        return asking_back.page_of(self.visit, self.page)

    @property
    def is_correction(self) -> bool:
        """Whether the respondent came from the check page, and wants back there."""
        return CHECK_PAGE in request.args

    def url_of(self, page: Page, language: str | None = None) -> str:
        return url_for(
            "respondent.show_page",
            key=self.key,
            lang=language or self.language,
            page_id=page.id,
            check=1 if self.is_correction and page is self.page else None,
        )

    def url_for(self, endpoint: str) -> str:
        return url_for(f"respondent{endpoint}", key=self.key, lang=self.language)

    def read_token(self) -> FormToken | None:
        return token_of(self.visit, self.page.id)

    @staticmethod
    def read_check_token(visit: Visit) -> FormToken | None:
        return token_of(visit, CHECK_PAGE)

    @property
    def sends(self) -> bool:
        """Whether going on from here sends everything."""
        if self.is_correction or self.place is not self.page:
            return False
        return sends_all(self.visit.question_set, self.visit.pages, self.page)

    @property
    def _stored(self) -> FormValues:
        return as_posted(self.page, self.visit.said)

    def draw(self) -> str:
        return self._draw(self._stored, None)

    def draw_again(self, reason: str) -> str:
        return self.draw_posted(Trouble(message=messages()[reason]))

    def draw_posted(self, trouble: Trouble) -> str:
        """With what was typed, stored or not."""
        return self._draw(request.form, trouble)

    def draw_stored(self) -> str:
        """With what is stored, and what is wrong with it."""
        errors = errors_on(self.visit, self.page, self._stored)
        return self._draw(self._stored, Trouble(errors=errors) if errors else None)

    def _was_given(self, question: Question) -> bool:
        """An address that was sent stands apart: its box is empty, and may stay so."""
        said = self.visit.said.get(question.id, NOTHING)
        return question.type is QuestionType.EMAIL and said.codes == (GIVEN,)

    def _draw(self, values: FormValues, trouble: Trouble | None) -> str:
        visit, page, place = self.visit, self.page, self.place
        layout = Layout(
            question_set=visit.question_set,
            page=page,
            language=self.language,
            wordings=tuple(asked.wording(visit.answers) for asked in page.questions),
            progress=progress_at(visit.question_set, visit.pages, place),
            root=request.script_root,
            in_frame=is_in_frame(),
            has_back=visit.question_set.settings.allow_back
            and visit.pages[0] is not page,
            asks_back=place is not page,
            sends=self.sends,
            given=frozenset(part.id for part in page.parts if self._was_given(part)),
        )
        frame = {
            "token": sign_for(visit, page.id, page),
            "action": self.url_of(page),
            "quote": asking_back.quoted(visit, page),
            **dict(piped_texts(layout, visit.words)),
        }
        return draw_page(layout, frame=frame, values=values, trouble=trouble)


def plain_page(
    name: str, question_set: QuestionSet, language: str, **content: object
) -> str:
    return render_template(
        f"responses/{name}.html", question_set=question_set, lang=language, **content
    )


def sign_for(visit: Visit, page_id: str, page: Page | None = None) -> str:
    ids = () if page is None else page.answer_ids
    token = FormToken(
        subject=str(visit.response_id),
        page_id=page_id,
        version_id=visit.fielding.version_id,
        issued_at=now(),
        shown={
            answer_id: visit.said.get(answer_id, NOTHING).fingerprint
            for answer_id in ids
        },
    )
    return form_tokens.sign(token, secret())


def token_of(visit: Visit, page_id: str) -> FormToken | None:
    """The posted token, when it was made for this page of this response."""
    token = posted_token()
    if token is None:
        return None
    is_ours = token.subject == str(visit.response_id) and token.page_id == page_id
    return token if is_ours else None


def posted_token() -> FormToken | None:
    return form_tokens.read(request.form.get("token", ""), secret(), now=now())
