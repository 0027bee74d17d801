"""Staff pages: a draft as respondents would see it. Nothing of it is kept."""

from collections.abc import Sequence
from dataclasses import replace

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.db import get_database
from survey_app.questionnaires.document import Data, written
from survey_app.questionnaires.drafts import find_draft, readable
from survey_app.questionnaires.editing.asked_before import asked_before
from survey_app.questionnaires.editing.outline import apply_page_form
from survey_app.questionnaires.editing.parts import (
    NoSuchPartError,
    Place,
    languages_of,
    page_at,
    question_at,
)
from survey_app.questionnaires.editing.question_form import apply_question_form
from survey_app.questionnaires.path import visible_pages
from survey_app.questionnaires.problems import Problem
from survey_app.questionnaires.question_set import Page, QuestionSet
from survey_app.questionnaires.reading import MAX_BYTES, inspect_question_set
from survey_app.questionnaires.rules import Answers
from survey_app.responses.drawing import Layout, draw_page, piped_texts
from survey_app.responses.page_views import plain_page
from survey_app.responses.posted import as_posted, said_in
from survey_app.responses.previewing import (
    Shown,
    Walk,
    answers_in,
    as_shown,
    first_question,
    goes_to,
    read_once,
    switched,
)
from survey_app.responses.steps import progress_at, sends_all
from survey_app.web.headers import in_our_frames
from survey_app.web.room import takes_up_to

bp = access.staff_blueprint(
    "previews",
    __name__,
    "/staff/questionnaires/drafts",
    Permission.MANAGE_QUESTIONNAIRES,
)


@bp.after_request
def allow_our_frames(response: Response) -> Response:
    response.headers.update(in_our_frames())
    return response


@bp.get("/<int:draft_id>/preview/<lang>/")
def show(draft_id: int, lang: str) -> ResponseReturnValue:
    """The page asked for, as nobody has answered anything yet."""
    source = _source(draft_id)
    asked = first_question(readable(source), _page_asked())
    return _draw_page(read_once(source), draft_id, lang, asked)


@bp.get("/<int:draft_id>/preview/<lang>/privacy")
def privacy(draft_id: int, lang: str) -> ResponseReturnValue:
    """The draft's own notice: nothing is published at its address yet."""
    shown = read_once(_source(draft_id))
    question_set = shown.question_set
    if question_set is None:
        return _say_why(shown.errors, lang)
    lang = lang if lang in question_set.languages else question_set.default_language
    if problems := shown.about("privacy", _speak(lang)):
        return _say_why(problems, lang)
    return plain_page("privacy", question_set, lang, previewed_draft=draft_id)


@bp.post("/<int:draft_id>/preview/<lang>/")
def walk(draft_id: int, lang: str) -> ResponseReturnValue:
    """Where the answers given here lead to."""
    shown = read_once(_source(draft_id))
    question_set = shown.question_set
    before = Walk.read(request.form.get("token", ""))
    page = question_set.page(before.page_id) if question_set else None
    if question_set is None or page is None:
        return _draw_page(shown, draft_id, lang, None)
    said = {**before.said, **said_in(request.form, page)}
    action = request.form.get("action", "")
    lang = switched(action, lang, question_set)
    pages = visible_pages(question_set, answers_in(question_set, said, lang))
    going = goes_to(action, pages, page)
    if going is None:
        return _end(question_set, draft_id, lang)
    return _draw(shown, draft_id, lang, Walk(going.id, said))


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


def _source(draft_id: int) -> str:
    """Read by a session that cannot write, whatever the method."""
    with get_database().read() as session:
        draft = find_draft(session, draft_id)
        return draft.source if draft else abort(404)


def _draw_unsaved(
    data: Data, draft_id: int, lang: str, number: int
) -> ResponseReturnValue:
    reading = inspect_question_set(written(data))
    return _draw_page(as_shown(reading), draft_id, lang, first_question(data, number))


def _page_asked() -> int:
    """A page by its number in the draft; without one, the first."""
    asked = request.args.get("page", "1")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 5  # noqa: PLR2004 - no list is longer
    return int(asked) if is_number else 1


def _draw_page(
    shown: Shown, draft_id: int, lang: str, asked: str | None
) -> ResponseReturnValue:
    return _draw(shown, draft_id, lang, Walk(shown.page_with(asked)))


def _draw(shown: Shown, draft_id: int, lang: str, walk: Walk) -> ResponseReturnValue:
    question_set = shown.question_set
    if question_set is None or not question_set.pages:
        return _say_why(shown.errors, lang)
    page = question_set.page(walk.page_id) or question_set.pages[0]
    if problems := shown.obstacles(page):
        return _say_why(problems, lang)
    lang = lang if lang in question_set.languages else question_set.default_language
    _speak(lang)
    answers = answers_in(question_set, walk.said, lang)
    layout = replace(
        _layout(question_set, page, lang, answers), previewed_draft=draft_id
    )
    frame = {
        "action": url_for(".walk", draft_id=draft_id, lang=lang),
        "token": replace(walk, page_id=page.id).write(),
        **dict(piped_texts(layout, answers)),
    }
    return draw_page(layout, frame=frame, values=as_posted(page, walk.said))


def _layout(
    question_set: QuestionSet, page: Page, lang: str, answers: Answers
) -> Layout:
    pages = visible_pages(question_set, answers)
    if page not in pages:  # shown all the same: this is what is edited
        pages = question_set.pages
    return Layout(
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


def _say_why(problems: Sequence[Problem], lang: str) -> ResponseReturnValue:
    """What keeps a page from being drawn, as the editor would say it."""
    lang = _speak(lang)
    return render_template("previews/none.html", lang=lang, problems=problems)


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
