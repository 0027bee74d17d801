"""A visit as its respondent sees it, and what was said as it may be written down."""

from collections.abc import Mapping
from typing import cast

from flask import current_app

from survey_app.config import Settings
from survey_app.questionnaires.question_set import PrivacyMode
from survey_app.responses.addresses import AddressBook
from survey_app.responses.said import Said
from survey_app.responses.visits import Visit
from survey_app.vault import open_vault


def address_book() -> AddressBook:
    settings = cast("Settings", current_app.extensions["settings"])
    return AddressBook(open_vault(settings.contact_key), settings.secret_key)


def as_seen(visit: Visit, language: str) -> Visit:
    """The visit in this language, with addresses as they were typed."""
    visit = visit.speaking(language)
    return address_book().open(visit) if _asks_addresses(visit) else visit


def as_stored(visit: Visit, said: Mapping[str, Said]) -> Mapping[str, Said]:
    """What was said, with addresses sealed."""
    if not _asks_addresses(visit):
        return said
    return address_book().seal(visit.question_set, said)


def _asks_addresses(visit: Visit) -> bool:
    return visit.question_set.settings.privacy_mode is PrivacyMode.IDENTIFIED
