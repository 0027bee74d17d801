"""Staff pages: begin a questionnaire, or the next version of one; check a text."""

from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.accounts.service import record
from survey_app.clock import now
from survey_app.db import get_session
from survey_app.questionnaires import drafts, overview
from survey_app.questionnaires.document import rewritten
from survey_app.questionnaires.draft_pages import (
    OpenDraft,
    draw,
    get_row,
    is_stale,
    keep,
    open_draft,
)
from survey_app.questionnaires.editing.asked_before import asked_before
from survey_app.questionnaires.editing.lists import Press
from survey_app.questionnaires.editing.outline import apply_outline
from survey_app.questionnaires.editing.parts import NoSuchPartError, Place, cleaned
from survey_app.questionnaires.findings import Finding
from survey_app.questionnaires.models import QuestionnaireDraft
from survey_app.questionnaires.pages import PREFIX, get_questionnaire, tallies, who
from survey_app.questionnaires.reading import MAX_BYTES
from survey_app.questionnaires.shelf import blank_question_set, shipped_question_sets
from survey_app.web.room import takes_up_to

ROOM = 2 * MAX_BYTES  # a text of that size, encoded for a form
MAX_TITLE = 80

bp = access.staff_blueprint(
    "drafts", __name__, PREFIX, Permission.MANAGE_QUESTIONNAIRES
)


@bp.get("/drafts/new")
def new() -> ResponseReturnValue:
    return _ask_how({}, {})


def _ask_how(values: dict[str, str], errors: dict[str, str]) -> ResponseReturnValue:
    session = get_session()
    page = render_template(
        "drafts/new.html",
        shipped=shipped_question_sets().values(),
        rows=overview.list_questionnaires(session, tallies(), at=now()),
        values=values,
        errors=errors,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


@bp.post("/drafts/new")
@takes_up_to(ROOM)
def start() -> ResponseReturnValue:
    """From what is ready, from nothing, from a copy or from a file."""
    match request.form.get("start"):
        case "shipped":
            found = shipped_question_sets().get(request.form.get("shipped", ""))
            return _copy((found or abort(404)).source)
        case "copy":
            version = get_questionnaire(request.form.get("copy", "")).active_version
            return _copy((version or abort(404)).source)
        case "blank":
            return _start_blank(cleaned(request.form.get("title")))
        case "file":
            return _start_from_file()
    return abort(HTTPStatus.BAD_REQUEST)


def _copy(source: str) -> ResponseReturnValue:
    return _started(drafts.copy_as_new(get_session(), source, keeper=who()))


def _start_blank(title: str) -> ResponseReturnValue:
    if not title:
        return _ask_how(
            {}, {"title": _("Give it a title, such as “After your visit”.")}
        )
    source = blank_question_set()
    data = drafts.readable(source)
    data["id"] = drafts.slug_of(title)
    data["title"] = dict.fromkeys(data["title"], title[:MAX_TITLE])
    return _copy(rewritten(source, data))


def _start_from_file() -> ResponseReturnValue:
    """Valid or not: what is wrong with it is shown in the editor."""
    upload = request.files.get("file")
    raw = upload.read() if upload else b""
    try:
        source = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _ask_how({}, {"file": _("This is not a text file in UTF-8.")})
    if not source.strip() or "\x00" in source:
        return _ask_how(
            {}, {"file": _("Choose a questionnaire file that ends in .toml.")}
        )
    name = (upload.filename if upload else None) or "…"
    draft = drafts.start_draft(get_session(), source, name=name, keeper=who())
    return _started(draft)


@bp.post("/<slug>/edit")
def edit(slug: str) -> ResponseReturnValue:
    """Go on with the draft of the next version, or begin one."""
    questionnaire = get_questionnaire(slug)
    draft = drafts.find_draft_of(get_session(), questionnaire)
    if draft is not None:
        return redirect(url_for(".show", draft_id=draft.id))
    version = questionnaire.active_version or abort(404)
    return _started(
        drafts.start_next_version(get_session(), version, keeper=who()), quietly=True
    )


@bp.post("/<slug>/versions/<version>/again")
def publish_again(slug: str, version: str) -> ResponseReturnValue:
    """Back to what an earlier version asked, by publishing it under a new number."""
    questionnaire = get_questionnaire(slug)
    session = get_session()
    found = next(
        (
            each
            for each in overview.list_versions(session, questionnaire)
            if each.version == version
        ),
        None,
    )
    draft = drafts.start_next_version(session, found or abort(404), keeper=who())
    session.commit()
    return redirect(url_for("publishing.ask", draft_id=draft.id))


def _started(
    draft: QuestionnaireDraft, *, quietly: bool = False
) -> ResponseReturnValue:
    get_session().commit()
    if not quietly:
        flash(_("This is a draft: nobody sees it until you publish it."))
    return redirect(url_for(".show", draft_id=draft.id))


@bp.get("/drafts/<int:draft_id>/")
def show(draft_id: int) -> ResponseReturnValue:
    """The outline: pages and questions in order, with what is wrong beside each."""
    draft = open_draft(draft_id)
    everything = asked_before(
        draft.data, Place(10**6, 1), draft.languages[0], inclusive=True
    )
    return draw(
        "outline", draft, lexicon=everything.words, problems_of=_by_place(draft)
    )


def _by_place(draft: OpenDraft) -> dict[str, list[Finding]]:
    """Findings by the page of the editor where they are put right."""
    places: dict[str, list[Finding]] = {}
    for finding in draft.findings:
        places.setdefault(finding.address.partition("#")[0], []).append(finding)
    return places


@bp.post("/drafts/<int:draft_id>/")
def arrange(draft_id: int) -> ResponseReturnValue:
    row = get_row(draft_id)
    here = url_for(".show", draft_id=row.id)
    if is_stale(row):
        flash(
            _("Somebody else changed this draft just now. Look again first."), "error"
        )
        return redirect(here)
    data = drafts.readable(row.source)
    press = Press.read(request.form.get("action"))
    try:
        place = apply_outline(data, press)
    except NoSuchPartError:
        abort(404)
    keep(row, rewritten(row.source, data))
    if place is None:
        return redirect(f"{here}#{request.form.get('anchor', '')[:40]}")
    return redirect(
        url_for(
            "draft_parts.question",
            draft_id=row.id,
            page=place.page,
            question=place.question,
        )
    )


@bp.get("/drafts/<int:draft_id>/discard")
def ask_to_discard(draft_id: int) -> ResponseReturnValue:
    row = get_row(draft_id)
    return render_template(
        "web/confirm.html",
        title=_("Throw away “%(name)s”?", name=row.name),
        sentences=[_("The draft is gone then. What was published stays as it is.")],
        button=_("Throw it away"),
        danger=True,
        back=url_for(".show", draft_id=row.id),
    )


@bp.post("/drafts/<int:draft_id>/discard")
def discard(draft_id: int) -> ResponseReturnValue:
    row = get_row(draft_id)
    session, keeper = get_session(), who()
    session.delete(row)
    record(
        session,
        actor_id=keeper.staff_id,
        action="draft_discarded",
        subject=row.name,
        at=keeper.at,
    )
    session.commit()
    flash(_("The draft is gone."))
    return redirect(url_for("questionnaires.list_questionnaires"))
