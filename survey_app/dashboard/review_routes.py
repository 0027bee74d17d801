"""Staff judge what the machine found, one thing at a time."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.dashboard import review_forms as forms
from survey_app.dashboard.labels import POLARITIES
from survey_app.dashboard.review_page import draw_item, sureness_words
from survey_app.db import get_session
from survey_app.insights.clause_spans import clause_spans
from survey_app.insights.corrections import (
    Drawn,
    Judge,
    MentionGoneError,
    add_mention,
    correct_mention,
    get_text,
    words_of,
)
from survey_app.insights.judging import (
    NotJudgedYetError,
    count_today,
    find_newest,
    judge_complete,
    pass_over,
    undo_last,
)
from survey_app.insights.models import Mention
from survey_app.insights.review_queue import find_next

bp = access.staff_blueprint("review", __name__, "/staff/review", Permission.CORRECT)


@bp.get("/")
def show() -> ResponseReturnValue:
    session, at = get_session(), now()
    item = find_next(session, current_user.id, at)
    return render_template(
        "review/show.html",
        page=draw_item(session, item) if item else None,
        today=count_today(session, current_user.id, at),
        may_undo=find_newest(session, current_user.id, at) is not None,
        sureness_words=sureness_words,
    )


@bp.post("/mentions/<int:mention_id>")
def judge_mention(mention_id: int) -> ResponseReturnValue:
    session = get_session()
    mention = session.get(Mention, mention_id)
    if mention is None:
        raise MentionGoneError(mention_id)
    form = forms.MentionForm(request.form)
    form.offer(mention.touchpoint)
    if not form.validate():
        abort(400)
    touchpoint, polarity = _said_of(mention, form)
    correct_mention(
        session,
        mention_id,
        touchpoint=touchpoint,
        polarity=polarity,
        judge=_judge(form),
    )
    session.commit()
    return _on()


def _said_of(
    mention: Mention, form: forms.MentionForm
) -> tuple[str | None, str | None]:
    verdict = form.verdict.data
    if verdict == forms.NO_MENTION:
        return None, None
    if verdict in POLARITIES:
        return mention.touchpoint, verdict
    if verdict == forms.OTHER:
        return _named(form)
    return mention.touchpoint, mention.polarity


def _named(form: forms.MentionForm | forms.TextForm) -> tuple[str, str]:
    if not form.touchpoint.data or not form.polarity.data:
        abort(400)
    return form.touchpoint.data, form.polarity.data


@bp.post("/texts/<int:text_id>")
def judge_text(text_id: int) -> ResponseReturnValue:
    session = get_session()
    form = forms.TextForm(request.form)
    form.offer()
    if not form.validate():
        abort(400)
    if form.verdict.data == forms.MISSED:
        _add(text_id, form)
    elif form.verdict.data == forms.COMPLETE:
        judge_complete(session, text_id, _judge(form))
    else:
        pass_over(session, text_id, _judge(form))
    session.commit()
    return _on()


def _add(text_id: int, form: forms.TextForm) -> None:
    """The evidence is a clause by its number: masked words have other places."""
    session = get_session()
    text = get_text(session, text_id)
    spans = clause_spans(words_of(session, text), text.language)
    number = form.clause.data or 0
    if number >= len(spans):
        raise MentionGoneError(text_id)
    add_mention(session, text_id, spans[number], said=_named(form), judge=_judge(form))


@bp.post("/undo")
def undo() -> ResponseReturnValue:
    session = get_session()
    if undo_last(session, current_user.id, now()):
        session.commit()
        flash(_("Taken back. What the machine said holds again."))
    else:
        flash(_("There is nothing of today to take back."), "error")
    return _on()


@bp.errorhandler(MentionGoneError)
@bp.errorhandler(NotJudgedYetError)
def changed_meanwhile(_error: Exception) -> ResponseReturnValue:
    flash(_("This text was judged or analysed meanwhile. Here is the next."), "error")
    return _on()


def _judge(form: forms.MentionForm | forms.TextForm) -> Judge:
    return Judge(current_user.id, now(), Drawn(form.drawn.data))


def _on() -> ResponseReturnValue:
    return redirect(url_for("review.show"))
