"""Staff pages: a draft as respondents would see it. Nothing of it is kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from flask import Blueprint, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.db import get_database
from survey_app.questionnaires.document import Data, written
from survey_app.questionnaires.drafts import find_draft, readable
from survey_app.questionnaires.editing.outline import apply_page_form, asked_before
from survey_app.questionnaires.editing.parts import (
    NoSuchPartError,
    Place,
    languages_of,
    page_at,
    question_at,
)
from survey_app.questionnaires.editing.question_form import apply_question_form
from survey_app.questionnaires.layout import laid_out
from survey_app.questionnaires.path import next_page, previous_page, visible_pages
from survey_app.questionnaires.question_set import Page, QuestionSet
from survey_app.questionnaires.reading import MAX_BYTES, Reading, inspect_question_set
from survey_app.questionnaires.rules import META, Value
from survey_app.responses.drawing import Layout, draw_page
from survey_app.responses.posted import as_posted, said_in
from survey_app.responses.said import Said, rule_values
from survey_app.responses.steps import progress_at, sends_all
from survey_app.web.headers import in_our_frames
from survey_app.web.room import takes_up_to

bp = Blueprint(
    "previews",
    __name__,
    url_prefix="/staff/questionnaires/drafts",
    template_folder="templates",
)
bp.before_request(access.requires(Permission.MANAGE_QUESTIONNAIRES))


@dataclass(frozen=True, slots=True)
class Walk:
    """How far somebody is in a preview: it travels in the form, and is kept nowhere."""

    page_id: str = ""
    said: Mapping[str, Said] = field(default_factory=dict)

    @classmethod
    def read(cls, sent: str) -> "Walk":
        try:
            page_id, rows = json.loads(sent)
            said = {str(key): Said(tuple(codes), text) for key, codes, text in rows}
            return cls(str(page_id), said)
        except (ValueError, TypeError, RecursionError):
            return cls()

    def write(self) -> str:
        rows = [(key, said.codes, said.text) for key, said in self.said.items()]
        return json.dumps([self.page_id, rows])


@bp.after_request
def allow_our_frames(response: Response) -> Response:
    response.headers.update(in_our_frames())
    return response


@bp.get("/<int:draft_id>/preview/<lang>/")
def show(draft_id: int, lang: str) -> ResponseReturnValue:
    """The page asked for, as nobody has answered anything yet."""
    return _draw_page(read_once(_source(draft_id)), draft_id, lang, _page_asked())


@bp.post("/<int:draft_id>/preview/<lang>/")
def walk(draft_id: int, lang: str) -> ResponseReturnValue:
    """Where the answers given here lead to."""
    question_set = read_once(_source(draft_id))
    before = Walk.read(request.form.get("token", ""))
    page = question_set.page(before.page_id) if question_set else None
    if question_set is None or page is None:
        return _draw_page(question_set, draft_id, lang, 1)
    said = {**before.said, **said_in(request.form, page)}
    action = request.form.get("action", "")
    lang = _switched(action, lang, question_set)
    pages = visible_pages(question_set, _answers(question_set, said, lang))
    going = _goes_to(action, pages, page)
    if going is None:
        return _end(question_set, draft_id, lang)
    return _draw(question_set, draft_id, lang, Walk(going.id, said))


@bp.post("/<int:draft_id>/preview/<lang>/pages/<int:page>/questions/<int:question>")
@takes_up_to(2 * MAX_BYTES)
def show_question(
    draft_id: int, lang: str, page: int, question: int
) -> ResponseReturnValue:
    """The page of a question whose form is being filled in, before it is saved."""
    data, place = readable(_source(draft_id)), Place(page, question)
    try:
        asked = asked_before(data, place, lang)
        apply_question_form(
            question_at(data, place),
            request.form,
            languages=languages_of(data),
            types=asked.types,
        )
    except NoSuchPartError:
        abort(404)
    return _draw_unsaved(data, draft_id, lang, page)


@bp.post("/<int:draft_id>/preview/<lang>/pages/<int:page>")
def show_changed_page(draft_id: int, lang: str, page: int) -> ResponseReturnValue:
    """Likewise for the form of a page."""
    data = readable(_source(draft_id))
    try:
        apply_page_form(page_at(data, page), request.form, data, page)
    except NoSuchPartError:
        abort(404)
    return _draw_unsaved(data, draft_id, lang, page)


@lru_cache(maxsize=32)
def read_once(source: str) -> QuestionSet | None:
    """Equal texts are one question set, so that their pages are drawn once."""
    return _laid_out(inspect_question_set(source))


def _laid_out(reading: Reading) -> QuestionSet | None:
    """On the pages that respondents get; as written while something is wrong."""
    question_set = reading.question_set
    if question_set is None or reading.errors:
        return question_set
    return laid_out(question_set)


def _source(draft_id: int) -> str:
    """Read by a session that cannot write, whatever the method."""
    with get_database().read() as session:
        draft = find_draft(session, draft_id)
        return draft.source if draft else abort(404)


def _draw_unsaved(
    data: Data, draft_id: int, lang: str, number: int
) -> ResponseReturnValue:
    reading = inspect_question_set(written(data))
    return _draw_page(_laid_out(reading), draft_id, lang, number)


def _page_asked() -> int:
    """A page by its number in the draft; without one, the first."""
    asked = request.args.get("page", "1")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 5  # noqa: PLR2004 - no list is longer
    return int(asked) if is_number else 1


def _draw_page(
    question_set: QuestionSet | None, draft_id: int, lang: str, number: int
) -> ResponseReturnValue:
    if question_set is None or not question_set.pages:
        return render_template("previews/none.html", lang=_speak(lang))
    last = len(question_set.pages)
    page = question_set.pages[min(max(number, 1), last) - 1]
    return _draw(question_set, draft_id, lang, Walk(page.id))


def _draw(
    question_set: QuestionSet, draft_id: int, lang: str, walk: Walk
) -> ResponseReturnValue:
    lang = lang if lang in question_set.languages else question_set.default_language
    _speak(lang)
    page = question_set.page(walk.page_id)
    answers = _answers(question_set, walk.said, lang)
    pages = visible_pages(question_set, answers)
    if page is None or page not in pages:  # shown all the same: this is what is edited
        pages = question_set.pages
        page = page or pages[0]
    layout = Layout(
        question_set=question_set,
        page=page,
        language=lang,
        wordings=tuple(asked.wording(answers) for asked in page.questions),
        progress=progress_at(question_set, pages, page),
        root=request.script_root,
        is_first=page is pages[0],
        has_back=page is not pages[0] and question_set.settings.allow_back,
        sends=sends_all(question_set, pages, page),
    )
    here = url_for(".walk", draft_id=draft_id, lang=lang)
    token = replace(walk, page_id=page.id).write()
    values = as_posted(page, walk.said)
    return draw_page(layout, token=token, action=here, values=values)


def _end(question_set: QuestionSet, draft_id: int, lang: str) -> ResponseReturnValue:
    return render_template(
        "previews/end.html",
        question_set=question_set,
        lang=_speak(lang),
        again=url_for(".show", draft_id=draft_id, lang=lang),
    )


def _speak(lang: str) -> str:
    """The words of the frame too are in the language that is looked at."""
    g.language = lang if lang in ("nl", "en") else "nl"
    return str(g.language)


def _switched(action: str, lang: str, question_set: QuestionSet) -> str:
    chosen = action.removeprefix("lang:")
    return chosen if chosen in question_set.languages else lang


def _goes_to(action: str, pages: tuple[Page, ...], page: Page) -> Page | None:
    """Nothing is judged here: a keeper wants to see the next page."""
    if page not in pages or action.startswith("lang:") or action == "save_later":
        return page
    if action == "back":
        return previous_page(pages, page) or page
    return next_page(pages, page)


def _answers(
    question_set: QuestionSet, said: Mapping[str, Said], lang: str
) -> dict[str, Value]:
    known: dict[str, Value] = {
        f"{META}language": lang,
        f"{META}privacy_mode": str(question_set.settings.privacy_mode),
        f"{META}source": "link",
        f"{META}device": "desktop",
    }
    return {**known, **rule_values(question_set, said)}
