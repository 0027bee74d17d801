"""Staff pages: the words of mails, how they look, and a test to oneself."""

from http import HTTPStatus

from flask import (
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.accounts.service import record
from survey_app.clock import now
from survey_app.db import get_session
from survey_app.invitations.composing import Letter, compose
from survey_app.invitations.letters import button_words, gap_values
from survey_app.invitations.mail_settings import MailSettings
from survey_app.invitations.mail_texts import (
    MailWords,
    TextKind,
    check_words,
    find_own_words,
    find_words,
    footer,
    save_words,
    shipped_words,
    tidy,
)
from survey_app.invitations.pages import (
    PREFIX,
    let_others_write,
    mail_settings,
)
from survey_app.invitations.planning import DAYS_VALID
from survey_app.invitations.post_office import (
    Delivery,
    Outcome,
    ServerTroubleError,
    connected_to,
)
from survey_app.invitations.wording import say_complaint, say_trouble
from survey_app.keys import new_public_id
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.pages import frame, get_questionnaire
from survey_app.questionnaires.published import question_set_of
from survey_app.web.addresses import public_url

bp = access.staff_blueprint(
    "mail_texts", __name__, f"{PREFIX}/texts", Permission.INVITE
)

SAMPLE_NAMES = {"nl": "Sanne de Vries", "en": "Alex Smith"}


@bp.get("/")
def first(slug: str) -> ResponseReturnValue:
    language = _languages(get_questionnaire(slug))[0]
    return redirect(
        url_for(".edit", slug=slug, kind=TextKind.INVITATION, language=language)
    )


@bp.get("/<kind>/<language>")
def edit(slug: str, kind: str, language: str) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    what = _kind(questionnaire, kind, language)
    words = find_words(get_session(), questionnaire.id, what, language)
    return _page(questionnaire, what, language, words)


@bp.post("/<kind>/<language>")
def save(slug: str, kind: str, language: str) -> ResponseReturnValue:
    """Keep the words; or look at them, or mail them to oneself, without keeping."""
    questionnaire = get_questionnaire(slug)
    what = _kind(questionnaire, kind, language)
    action = request.form.get("action", "save")
    words = tidy(request.form.get("subject", ""), request.form.get("body", ""))
    if action == "shipped":
        words = shipped_words(what, language)
    errors = {each.field: say_complaint(each) for each in check_words(words)}
    if errors or action == "look":
        page = _page(questionnaire, what, language, words, errors)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK
    if action == "test":
        return _test(questionnaire, what, language, words)
    return _save(questionnaire, what, language, words)


def _save(
    questionnaire: Questionnaire, kind: TextKind, language: str, words: MailWords
) -> ResponseReturnValue:
    session = get_session()
    save_words(
        session, words, questionnaire_id=questionnaire.id, kind=kind, language=language
    )
    record(
        session,
        actor_id=current_user.id,
        action="change mail text",
        subject=f"questionnaire {questionnaire.slug}",
        at=now(),
        detail={"kind": kind, "language": language},
    )
    session.commit()
    flash(_("Saved. Mails that go out from now on use these words."))
    return redirect(
        url_for(".edit", slug=questionnaire.slug, kind=kind, language=language)
    )


def _test(
    questionnaire: Questionnaire, kind: TextKind, language: str, words: MailWords
) -> ResponseReturnValue:
    settings, address = mail_settings(), current_user.email
    letter = _sample(questionnaire, kind, language, words, to=address)
    let_others_write()
    delivery = None if settings is None else _deliver(letter, settings)
    if delivery is not None and delivery.outcome is Outcome.SENT:
        flash(_("A test is on its way to %(address)s.", address=address))
    else:
        trouble = _("mail is not set up") if delivery is None else _trouble(delivery)
        flash(_("The test could not be sent: %(trouble)s", trouble=trouble), "error")
    return _page(questionnaire, kind, language, words)


def _trouble(delivery: Delivery) -> str:
    return say_trouble(delivery.trouble or delivery.outcome)


def _deliver(letter: Letter, settings: MailSettings) -> Delivery:
    message_id = f"{new_public_id()}@{settings.sender.domain}"
    content = compose(letter, settings.sender, message_id=message_id)
    try:
        with connected_to(settings.server) as office:
            return office.deliver(
                content, return_path=settings.sender.address, to=letter.to
            )
    except ServerTroubleError as trouble:
        current_app.logger.warning("test mail: %s", trouble)
        return Delivery(Outcome.LATER, str(trouble))


def _sample(
    questionnaire: Questionnaire,
    kind: TextKind,
    language: str,
    words: MailWords,
    *,
    to: str,
) -> Letter:
    """As it would be for somebody, with links that lead to no answers."""
    values = gap_values(
        questionnaire, language, name=SAMPLE_NAMES[language], days=DAYS_VALID
    )
    return Letter(
        to=to,
        words=words.filled(values),
        link=f"{public_url()}/q/{questionnaire.slug}/{language}/",
        button=button_words(kind, language),
        language=language,
        footer=MailWords("", footer(language)).filled(values).body,
        opt_out_link=f"{public_url()}/m/test",
    )


def _page(
    questionnaire: Questionnaire,
    kind: TextKind,
    language: str,
    words: MailWords,
    errors: dict[str, str] | None = None,
) -> str:
    own = find_own_words(get_session(), questionnaire.id, kind, language)
    return render_template(
        "invitations/text.html",
        kind=kind,
        kinds=list(TextKind),
        language=language,
        asked_in=_languages(questionnaire),
        words=words,
        errors=errors or {},
        is_own=own is not None,
        sample=_sample(questionnaire, kind, language, words, to=""),
        may_test=mail_settings() is not None,
        **frame(questionnaire, at=now()),
    )


def _languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    version = questionnaire.active_version
    return ("nl",) if version is None else question_set_of(version).languages


def _kind(questionnaire: Questionnaire, kind: str, language: str) -> TextKind:
    if kind not in set(TextKind) or language not in _languages(questionnaire):
        abort(404)
    return TextKind(kind)
