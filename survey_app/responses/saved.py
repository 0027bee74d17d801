"""The page with a respondent's own link, and that link by mail."""

import logging
from typing import cast

from flask import current_app
from flask_babel import gettext as _

from survey_app.config import InvalidSettingError, Settings
from survey_app.invitations.mail_settings import MailSettings, find_mail_settings
from survey_app.questionnaires.question_set import PrivacyMode
from survey_app.responses.page_views import plain_page
from survey_app.responses.visits import Visit
from survey_app.web.addresses import external_url

log = logging.getLogger(__name__)


def saved_page(
    visit: Visit,
    key: str,
    language: str,
    *,
    address: str = "",
    trouble: str | None = None,
    done: bool = False,
) -> str:
    return plain_page(
        "saved",
        visit.question_set,
        language,
        key=key,
        link=own_link(key, language),
        may_mail=mail_settings_for(visit) is not None,
        address=address,
        trouble=trouble,
        done=_("Sent. Look in your inbox in a minute.") if done else None,
    )


def own_link(key: str, language: str) -> str:
    return external_url("respondent.resume", key=key, lang=language, embed=None)


def mail_settings_for(visit: Visit) -> MailSettings | None:
    """How to mail somebody their link; None where that is not offered.

    Who mails the link to an anonymous response tells the mail server who gave it.
    """
    if visit.question_set.settings.privacy_mode is PrivacyMode.ANONYMOUS:
        return None
    try:
        return find_mail_settings(cast("Settings", current_app.extensions["settings"]))
    except InvalidSettingError as error:
        log.error("no mail: %s", error)  # noqa: TRY400 - the line says it all
        return None
