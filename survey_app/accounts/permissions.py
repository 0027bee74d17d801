"""What staff may do, and which role may do it."""

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    READ_FIGURES = "read_figures"  # touchpoints, personas, maps, quotes
    READ_RESPONSES = "read_responses"  # whole responses and interviews, unmasked
    CORRECT = "correct"  # say what the machine got wrong
    MANAGE_STAFF = "manage_staff"


ROLES: Mapping[str, frozenset[Permission]] = {
    "admin": frozenset(Permission),
    "researcher": frozenset(
        {Permission.READ_FIGURES, Permission.READ_RESPONSES, Permission.CORRECT}
    ),
    "marketer": frozenset({Permission.READ_FIGURES, Permission.CORRECT}),
}
