"""What is a respondent's own to do: take answers back, have the link mailed."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from survey_app.accounts.service import record
from survey_app.clock import now
from survey_app.db import get_database, get_session
from survey_app.questionnaires.queries import get_published
from survey_app.respondents.address_lists import checked_address
from survey_app.responses import notices
from survey_app.responses.addresses import take_back
from survey_app.responses.blueprints import respondent_blueprint
from survey_app.responses.erasure import Erasure, erase_response
from survey_app.responses.notices import in_language
from survey_app.responses.own_mail import NotSentError, mail_link
from survey_app.responses.page_views import messages, plain_page, sign_for, token_of
from survey_app.responses.saved import mail_settings_for, own_link, saved_page
from survey_app.responses.visits import Visit, get_visit
from survey_app.web.limits import hold_to

bp = respondent_blueprint("own")

WITHDRAW = "withdraw"  # the page that its token is for
LONGEST_ADDRESS = 320


@bp.get("/r/<key>/<lang>/withdraw")
def ask_to_withdraw(key: str, lang: str) -> ResponseReturnValue:
    visit = get_visit(get_session(), key)
    in_language(visit.question_set, lang)
    return _withdraw_page(visit, key, lang)


@bp.post("/r/<key>/<lang>/withdraw")
def withdraw(key: str, lang: str) -> ResponseReturnValue:
    session = get_session()
    visit = get_visit(session, key, lock=True)
    in_language(visit.question_set, lang)
    token = token_of(visit, WITHDRAW)
    if token is None:
        return _withdraw_page(visit, key, lang, "unreadable"), 400
    if token.is_expired(now()):
        return _withdraw_page(visit, key, lang, "expired")
    response_id, at = visit.response_id, now()
    take_back(session, response_id)
    name = erase_response(session, response_id, reason=Erasure.WITHDRAWN, at=at)
    record(session, actor_id=None, action="withdraw", subject=f"response {name}", at=at)
    session.commit()
    return redirect(url_for(".withdrawn", slug=visit.fielding.slug, lang=lang), 303)


@bp.get("/q/<slug>/<lang>/withdrawn")
def withdrawn(slug: str, lang: str) -> ResponseReturnValue:
    """Also where the questionnaire itself has ended meanwhile."""
    try:
        fielding = get_published(get_session(), slug)
    except LookupError:
        return notices.withdrawn(None, slug)
    question_set = in_language(notices.question_set_for(fielding), lang)
    return notices.withdrawn(question_set, slug)


@bp.post("/r/<key>/<lang>/resume-mail")
def send_resume_mail(key: str, lang: str) -> ResponseReturnValue:
    """Nothing is stored, and nobody waits for a mail server with the database open."""
    hold_to("resume-mail")
    with get_database().read() as session:
        visit = get_visit(session, key)
        in_language(visit.question_set, lang)
    mail = mail_settings_for(visit)
    if mail is None:
        return redirect(url_for("respondent.saved", key=key, lang=lang), 303)
    typed = request.form.get("address", "")[:LONGEST_ADDRESS]
    to = checked_address(typed)
    if to is None:
        trouble = _("Write an e-mail address, such as name@example.org.")
        page = saved_page(visit, key, lang, address=typed, trouble=trouble)
        return page, 422
    title = visit.question_set.title[lang]
    try:
        mail_link(mail, to=to, link=own_link(key, lang), title=title)
    except NotSentError:
        trouble = _("The mail could not be sent. Copy the link, or try again later.")
        page = saved_page(visit, key, lang, address=typed, trouble=trouble)
        return page, 503
    return redirect(url_for("respondent.saved", key=key, lang=lang, mailed=1), 303)


def _withdraw_page(
    visit: Visit, key: str, language: str, reason: str | None = None
) -> str:
    return plain_page(
        "withdraw",
        visit.question_set,
        language,
        key=key,
        is_sent=visit.is_sent,
        token=sign_for(visit, WITHDRAW),
        message=None if reason is None else messages()[reason],
    )
