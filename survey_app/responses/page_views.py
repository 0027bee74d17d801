"""The pages of one respondent: their token, their address, how they are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, render_template, request, url_for
from flask_babel import gettext as _

from survey_app.clock import now
from survey_app.questionnaires.path import progress, visible_pages
from survey_app.questionnaires.question_set import Page, QuestionSet
from survey_app.responses import form_tokens
from survey_app.responses.arrivals import Arrival
from survey_app.responses.drawing import Layout, Trouble, draw_page
from survey_app.responses.form_tokens import FormToken
from survey_app.responses.forms import said_in
from survey_app.responses.said import NOTHING, Said
from survey_app.responses.visits import Visit

CHECK_PAGE = "check"


def secret() -> str:
    return str(current_app.config["SECRET_KEY"])


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
class FrontPage:
    """The first question, while nothing is stored yet."""

    question_set: QuestionSet
    version_id: int
    language: str
    nonce: str
    address: str
    arrival: Arrival = field(default_factory=Arrival)

    @staticmethod
    def read_token() -> FormToken | None:
        token = _posted_token()
        return token if token is not None and token.nonce else None

    @property
    def page(self) -> Page:
        return visible_pages(self.question_set, {})[0]

    def chosen_language(self) -> str | None:
        """The language that the respondent switched to with this post, if any."""
        chosen = request.form.get("action", "").removeprefix("lang:")
        return chosen if chosen in self.question_set.languages else None

    def draw(self) -> str:
        return self._draw({}, None)

    def draw_again(self, reason: str | None) -> str:
        """With what was typed, and a fresh token."""
        trouble = None if reason is None else Trouble(message=messages()[reason])
        return self._draw(said_in(request.form, self.page), trouble)

    def _draw(self, said: Mapping[str, Said], trouble: Trouble | None) -> str:
        token = FormToken(
            subject=form_tokens.NEW + self.nonce,
            page_id=self.page.id,
            version_id=self.version_id,
            issued_at=now(),
            arrival=self.arrival,
        )
        pages = visible_pages(self.question_set, {})
        layout = Layout(
            question_set=self.question_set,
            page=self.page,
            language=self.language,
            wordings=tuple(asked.wording({}) for asked in self.page.questions),
            progress=progress(self.question_set, pages, self.page),
            is_first=True,
            has_back=False,
            root=request.script_root,
        )
        signed = form_tokens.sign(token, secret())
        return draw_page(
            layout, token=signed, action=self.address, said=said, trouble=trouble
        )


@dataclass(frozen=True, slots=True)
class ResponsePage:
    """A page of a response that exists."""

    visit: Visit
    page: Page
    key: str
    language: str

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
        return _token_of(self.visit, self.page.id)

    @staticmethod
    def read_check_token(visit: Visit) -> FormToken | None:
        return _token_of(visit, CHECK_PAGE)

    def draw(self) -> str:
        return self._draw(self.visit.said, None)

    def draw_again(self, reason: str) -> str:
        return self.draw_posted(Trouble(message=messages()[reason]))

    def draw_posted(self, trouble: Trouble) -> str:
        """With what was typed, stored or not."""
        return self._draw(said_in(request.form, self.page), trouble)

    def draw_errors(self, errors: Mapping[str, str]) -> str:
        """With what is stored, and what is wrong with it."""
        return self._draw(self.visit.said, Trouble(errors=errors) if errors else None)

    def _draw(self, said: Mapping[str, Said], trouble: Trouble | None) -> str:
        visit, page = self.visit, self.page
        layout = Layout(
            question_set=visit.question_set,
            page=page,
            language=self.language,
            wordings=tuple(asked.wording(visit.answers) for asked in page.questions),
            progress=progress(visit.question_set, visit.pages, page),
            is_first=False,
            has_back=visit.pages[0] is not page,
            root=request.script_root,
        )
        signed = sign_for(visit, page.id, page)
        return draw_page(
            layout, token=signed, action=self.url_of(page), said=said, trouble=trouble
        )


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    page_id: str
    title: str
    question: Any
    said: Said


def check_page(visit: Visit, key: str, language: str, reason: str | None = None) -> str:
    rows = [
        CheckedAnswer(
            page.id,
            question.title_for(question.wording(visit.answers))[language],
            question,
            visit.said.get(question.id, NOTHING),
        )
        for page in visit.pages
        for question in page.questions
        if question.type != "info"
    ]
    return plain_page(
        "check",
        visit.question_set,
        language,
        key=key,
        rows=rows,
        token=sign_for(visit, CHECK_PAGE),
        message=None if reason is None else messages()[reason],
    )


def plain_page(
    name: str, question_set: QuestionSet, language: str, **content: object
) -> str:
    return render_template(
        f"responses/{name}.html", question_set=question_set, lang=language, **content
    )


def sign_for(visit: Visit, page_id: str, page: Page | None = None) -> str:
    questions = () if page is None else page.questions
    token = FormToken(
        subject=str(visit.response_id),
        page_id=page_id,
        version_id=visit.fielding.version_id,
        issued_at=now(),
        shown={
            question.id: visit.said.get(question.id, NOTHING).fingerprint
            for question in questions
        },
    )
    return form_tokens.sign(token, secret())


def _token_of(visit: Visit, page_id: str) -> FormToken | None:
    """The posted token, when it was made for this page of this response."""
    token = _posted_token()
    if token is None:
        return None
    is_ours = token.subject == str(visit.response_id) and token.page_id == page_id
    return token if is_ours else None


def _posted_token() -> FormToken | None:
    return form_tokens.read(request.form.get("token", ""), secret(), now=now())
