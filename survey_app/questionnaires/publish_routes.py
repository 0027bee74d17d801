"""Staff pages: what publishing a draft changes, and doing it."""

from http import HTTPStatus

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.db import get_session
from survey_app.questionnaires import drafts, publishing
from survey_app.questionnaires.document import rewritten
from survey_app.questionnaires.draft_pages import (
    OpenDraft,
    draw,
    get_row,
    is_stale,
    keep,
    open_draft,
)
from survey_app.questionnaires.editing.parts import cleaned
from survey_app.questionnaires.editing.renaming import give_new_id
from survey_app.questionnaires.pages import PREFIX, tallies, who
from survey_app.questionnaires.service import (
    MeaningChangedError,
    VersionNotHigherError,
    VersionReusedError,
)

bp = access.staff_blueprint(
    "publishing", __name__, PREFIX, Permission.MANAGE_QUESTIONNAIRES
)


@bp.get("/drafts/<int:draft_id>/publish")
def ask(draft_id: int) -> ResponseReturnValue:
    """All that is wrong, or all that changes."""
    return _ask(open_draft(draft_id), {})


def _ask(draft: OpenDraft, errors: dict[str, str]) -> ResponseReturnValue:
    question_set = draft.reading.question_set
    planned = None
    if question_set is not None and not draft.reading.errors:
        planned = publishing.plan(get_session(), question_set)
    busy = planned and planned.questionnaire and tallies().get(planned.questionnaire.id)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    return draw("publish", draft, status, plan=planned, tally=busy, errors=errors)


@bp.post("/drafts/<int:draft_id>/publish")
def publish(draft_id: int) -> ResponseReturnValue:
    draft = open_draft(draft_id)
    version = cleaned(request.form.get("version"))
    if is_stale(draft.row):
        return _ask(
            draft, {"version": _("Somebody else changed the draft: look again.")}
        )
    if draft.reading.errors:
        return _ask(draft, {"version": _("Put right what is listed below first.")})
    if not drafts.VERSION.fullmatch(version):
        return _ask(draft, {"version": _("Write three numbers, such as 1.1.0.")})
    session = get_session()
    try:
        published = publishing.publish_draft(
            session, draft.row, version=version, keeper=who()
        )
    except (VersionReusedError, VersionNotHigherError):
        session.rollback()
        return _ask(
            open_draft(draft_id),
            {"version": _("This number was used before: choose a higher one.")},
        )
    except MeaningChangedError:
        return _ask(draft, {"version": _("Give the questions below a new id first.")})
    session.commit()
    slug = published.questionnaire.slug
    flash(_("Published. Share the address with those you want to ask."))
    return redirect(url_for("questionnaires.show", slug=slug))


@bp.post("/drafts/<int:draft_id>/new-id")
def rename(draft_id: int) -> ResponseReturnValue:
    """A question that asks something else becomes a question of its own."""
    row = get_row(draft_id)
    here = url_for(".ask", draft_id=row.id)
    if is_stale(row):
        flash(
            _("Somebody else changed this draft just now. Look again first."), "error"
        )
        return redirect(here)
    data = drafts.readable(row.source)
    new = give_new_id(data, cleaned(request.form.get("question")))
    if new is not None:
        keep(row, rewritten(row.source, data))
        flash(_("It is called %(name)s now, and is counted apart.", name=new))
    return redirect(here)
