"""What a key may do. A key without a scope for an address does not open it."""

from enum import StrEnum

from flask_babel import lazy_gettext as _


class Scope(StrEnum):
    READ_QUESTIONNAIRES = "read:questionnaires"
    WRITE_QUESTIONNAIRES = "write:questionnaires"
    READ_RESPONSES = "read:responses"
    WRITE_RESPONSES = "write:responses"
    DELETE_RESPONSES = "delete:responses"
    EXPORTS = "exports"
    WEBHOOKS = "webhooks"


WORDS = {
    Scope.READ_QUESTIONNAIRES: _("read questionnaires and their versions"),
    Scope.WRITE_QUESTIONNAIRES: _("check question sets"),
    Scope.READ_RESPONSES: _("read responses, unmasked"),
    Scope.WRITE_RESPONSES: _("send responses"),
    Scope.DELETE_RESPONSES: _("erase responses"),
    Scope.EXPORTS: _("make exports and download them"),
    Scope.WEBHOOKS: _("manage webhooks"),
}
