"""What staff may do, and which role may do it."""

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    READ_FIGURES = "read_figures"  # touchpoints, personas, maps, quotes
    READ_RESPONSES = "read_responses"  # whole responses and interviews, unmasked
    CORRECT = "correct"  # say what the machine got wrong
    READ_QUESTIONNAIRES = "read_questionnaires"  # what is asked, and in which waves
    MANAGE_QUESTIONNAIRES = "manage_questionnaires"  # write, publish, open, close
    INVITE = "invite"  # see contacts, send invitations
    MANAGE_TOUCHPOINTS = "manage_touchpoints"  # rename, hide, add
    MANAGE_RESPONSES = "manage_responses"  # tag, exclude, erase, import
    EXPORT_FIGURES = "export_figures"  # groups of enough people, masked
    EXPORT_RESPONSES = "export_responses"  # all that was said
    MANAGE_STAFF = "manage_staff"
    MANAGE_KEYS = "manage_keys"  # API keys and webhooks
    READ_AUDIT = "read_audit"


_MARKETER = frozenset(
    {
        Permission.READ_FIGURES,
        Permission.CORRECT,
        Permission.READ_QUESTIONNAIRES,
        Permission.EXPORT_FIGURES,
    }
)
_RESEARCHER = _MARKETER | {
    Permission.READ_RESPONSES,
    Permission.MANAGE_QUESTIONNAIRES,
    Permission.INVITE,
    Permission.MANAGE_RESPONSES,
    Permission.MANAGE_TOUCHPOINTS,
    Permission.EXPORT_RESPONSES,
}
ROLES: Mapping[str, frozenset[Permission]] = {
    "admin": frozenset(Permission),
    "researcher": _RESEARCHER,
    "marketer": _MARKETER,
}
