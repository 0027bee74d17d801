"""Pages for when a questionnaire cannot be filled in: what happened, what to do."""

import logging
from collections.abc import Mapping, Sequence

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from survey_app.clock import now
from survey_app.db import get_session
from survey_app.questionnaires.published import (
    AlteredVersionError,
    question_set_of_version,
)
from survey_app.questionnaires.queries import (
    Fielding,
    RetiredQuestionnaireError,
    UnknownQuestionnaireError,
)
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.responses import rates
from survey_app.responses.arrivals import telling
from survey_app.responses.framing import IN_FRAME, note_origins
from survey_app.responses.invited import UnknownInvitationError, UsedInvitationError
from survey_app.responses.said import Said
from survey_app.responses.starting import EnoughResponsesError, NotOpenError
from survey_app.responses.visits import UnknownKeyError, Visit

log = logging.getLogger(__name__)


class WrongLanguageError(Exception):
    """The questionnaire does not speak the language in the path."""

    def __init__(self, instead: str) -> None:
        super().__init__(instead)
        self.instead = instead


def in_language(question_set: QuestionSet, lang: str) -> QuestionSet:
    if lang not in question_set.languages:
        raise WrongLanguageError(question_set.default_language)
    note_origins(question_set)
    return question_set


def init_blueprint(bp: Blueprint) -> None:
    bp.register_error_handler(WrongLanguageError, _other_language)
    bp.register_error_handler(UnknownQuestionnaireError, _unknown_questionnaire)
    bp.register_error_handler(RetiredQuestionnaireError, _retired)
    bp.register_error_handler(NotOpenError, _cannot_start)
    bp.register_error_handler(EnoughResponsesError, _have_enough)
    bp.register_error_handler(UnknownKeyError, _unknown_key)
    bp.register_error_handler(UnknownInvitationError, _unknown_invitation)
    bp.register_error_handler(UsedInvitationError, _was_used)
    bp.register_error_handler(AlteredVersionError, _altered)


def question_set_for(fielding: Fielding) -> QuestionSet:
    return question_set_of_version(get_session(), fielding)


def not_open(fielding: Fielding, question_set: QuestionSet) -> str:
    opens, closes = fielding.opens_at, fielding.closes_at
    if opens is not None and now() < opens:
        title = _("This questionnaire is not open yet")
        first = _("You can fill it in from %(day)s.", day=format_date(opens, "long"))
    else:
        title = _("This questionnaire is closed")
        first = _("New answers are no longer taken in. Thank you for wanting to help.")
        if closes is not None and closes <= now():
            day = format_date(closes, "long")
            first = _("It closed on %(day)s. Thank you for wanting to help.", day=day)
    return notice(title, [first, _who_to_ask()], question_set=question_set)


def enough_responses(question_set: QuestionSet) -> str:
    return notice(
        _("We have enough answers, thank you"),
        [
            _("New answers are no longer taken in. Thank you for wanting to help."),
            _("Had you started already? Your own link still works."),
            _who_to_ask(),
        ],
        question_set=question_set,
    )


def too_late(visit: Visit, said: Mapping[str, Said]) -> ResponseReturnValue:
    page = notice(
        _("This questionnaire is closed"),
        [_("It closed before you sent this page. %(ask)s", ask=_who_to_ask())],
        question_set=visit.question_set,
        typed=[answer.text for answer in said.values() if answer.text],
    )
    return page, 409


def already_received(visit: Visit) -> str:
    again = url_for("respondent.start", slug=visit.fielding.slug, lang=g.language)
    return notice(
        _("We have already received this questionnaire"),
        [
            _("Your receipt is %(receipt)s.", receipt=visit.receipt),
            _("Does someone else want to take part? Start a new one."),
        ],
        question_set=visit.question_set,
        again=again,
    )


def withdrawn(question_set: QuestionSet | None, slug: str) -> str:
    start = url_for("respondent.start", slug=slug, lang=g.language)
    return notice(
        _("Your answers have been deleted"),
        [
            _("Nothing of what you wrote is left here."),
            _("Did you change your mind? You can always start again."),
        ],
        question_set=question_set,
        again=None if question_set is None else start,
    )


def invitation_used(
    question_set: QuestionSet | None,
    receipt: str | None = None,
    *,
    change: str | None = None,
) -> str:
    """``change`` is where a button leads that opens the answers again."""
    advice = [_("An invitation is for one questionnaire. Thank you for taking part.")]
    if receipt is not None:
        advice.append(_("Your receipt is %(receipt)s.", receipt=receipt))
    title = _("We have already received this questionnaire")
    advice.append(_who_to_ask())
    return notice(title, advice, question_set=question_set, change=change)


def invitation_expired(question_set: QuestionSet) -> str:
    return notice(
        _("This invitation has expired"),
        [
            _("It could be used for a limited time. Thank you for wanting to help."),
            _who_to_ask(),
        ],
        question_set=question_set,
    )


def _other_language(error: WrongLanguageError) -> ResponseReturnValue:
    """The same page in the default language; a post keeps what it carries."""
    values = {**(request.view_args or {}), "lang": error.instead}
    code = 302 if request.method in {"GET", "HEAD"} else 307
    told = {name: text for name, text in request.args.items() if name != IN_FRAME}
    return redirect(telling(url_for(str(request.endpoint), **values), told), code)


def _unknown_questionnaire(_error: Exception) -> ResponseReturnValue:
    title = _("This questionnaire does not exist")
    advice = [_("Check the address, letter by letter."), _who_to_ask()]
    return notice(title, advice), 404


def _retired(_error: Exception) -> ResponseReturnValue:
    title = _("This questionnaire has ended")
    return notice(title, [_("Thank you for wanting to help."), _who_to_ask()]), 410


def _cannot_start(error: NotOpenError) -> ResponseReturnValue:
    return not_open(error.fielding, question_set_for(error.fielding)), 409


def _have_enough(error: EnoughResponsesError) -> ResponseReturnValue:
    return enough_responses(question_set_for(error.fielding)), 409


def _unknown_key(_error: Exception) -> ResponseReturnValue:
    rates.count_miss()
    advice = [
        _(
            "Look for the link again in your browser's history, or in the message that"
            " you sent yourself. Copy all of it."
        ),
        _("An unfinished questionnaire is kept for 30 days."),
        _who_to_ask(),
    ]
    return notice(_("We do not know this link"), advice), 404


def _unknown_invitation(_error: Exception) -> ResponseReturnValue:
    rates.count_miss()
    advice = [
        _("Open the link in your invitation again. Copy all of it."),
        _who_to_ask(),
    ]
    return notice(_("We do not know this invitation"), advice), 404


def _was_used(_error: Exception) -> ResponseReturnValue:
    """Somebody else sent theirs first: these answers will not count."""
    return invitation_used(None)


def _altered(error: AlteredVersionError) -> ResponseReturnValue:
    log.error("questionnaire not served: %s", error)
    advice = [_("What you filled in before is kept. Try again later."), _who_to_ask()]
    return notice(_("This questionnaire cannot be shown now"), advice), 409


def _who_to_ask() -> str:
    return str(_("Questions? Ask the organisation that gave you the link."))


def notice(
    title: str,
    advice: Sequence[str],
    *,
    question_set: QuestionSet | None = None,
    typed: Sequence[str] = (),
    **buttons: str | None,
) -> str:
    """``buttons`` are addresses: to start ``again``, go ``onward``, ``change``."""
    return render_template(
        "responses/notice.html",
        title=title,
        advice=advice,
        question_set=question_set,
        lang=g.language,
        typed=typed,
        **buttons,
    )
