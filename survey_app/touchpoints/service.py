"""Changing touchpoints: names, hiding, and an organisation's own."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.touchpoints.catalogue import PREFIX, load_catalogue
from survey_app.touchpoints.models import TouchpointSetting
from survey_app.touchpoints.queries import find_setting, forget_catalogue

LONGEST_CODE = 40


class NoTouchpointError(LookupError):
    """Neither one of ours nor one of theirs."""


class OurTouchpointError(ValueError):
    """One of ours can be hidden, never removed."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who changes something, and when."""

    staff_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """What a touchpoint is called, and where on the journey it stands."""

    name_nl: str
    name_en: str
    phase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How an own touchpoint is found in what people say."""

    description_nl: str = ""
    description_en: str = ""
    cues_nl: tuple[str, ...] = ()
    cues_en: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def add_touchpoint(
    session: Session, naming: Naming, finding: Finding, keeper: Keeper
) -> TouchpointSetting:
    setting = TouchpointSetting(
        code=_new_code(session, naming.name_nl),
        is_own=True,
        created_at=keeper.at,
        changed_at=keeper.at,
    )
    _fill(setting, naming, finding)
    session.add(setting)
    return _changed(session, setting, keeper, "touchpoint_added")


def change_touchpoint(
    session: Session,
    code: str,
    naming: Naming,
    finding: Finding | None,
    keeper: Keeper,
) -> TouchpointSetting:
    """``finding`` counts for their own alone: ours are found as they were taught."""
    setting = _setting(session, code, keeper)
    _fill(setting, naming, finding if setting.is_own else None)
    if not setting.is_own:
        _leave_shipped(setting)
    return _changed(session, setting, keeper, "touchpoint_changed")


def hide_touchpoint(
    session: Session, code: str, keeper: Keeper, *, hidden: bool
) -> None:
    setting = _setting(session, code, keeper)
    setting.is_hidden = hidden
    deed = "touchpoint_hidden" if hidden else "touchpoint_shown"
    _changed(session, setting, keeper, deed)


def remove_touchpoint(session: Session, code: str, keeper: Keeper) -> None:
    """Out of every figure at once; the next analysis no longer looks for it."""
    setting = _setting(session, code, keeper)
    if not setting.is_own:
        raise OurTouchpointError(code)
    setting.removed_at = keeper.at
    setting.examples = []  # they may quote somebody
    _changed(session, setting, keeper, "touchpoint_removed")


def _setting(session: Session, code: str, keeper: Keeper) -> TouchpointSetting:
    setting = find_setting(session, code)
    if setting is not None:
        return setting
    if code not in load_catalogue().touchpoints:
        raise NoTouchpointError(code)
    setting = TouchpointSetting(
        code=code, is_own=False, created_at=keeper.at, changed_at=keeper.at
    )
    session.add(setting)
    return setting


def _fill(setting: TouchpointSetting, naming: Naming, finding: Finding | None) -> None:
    setting.name_nl, setting.name_en = naming.name_nl, naming.name_en or None
    setting.phase = naming.phase
    if finding is None:
        return
    setting.description_nl = finding.description_nl
    setting.description_en = finding.description_en
    setting.cues_nl, setting.cues_en = list(finding.cues_nl), list(finding.cues_en)
    setting.examples = list(finding.examples)


def _leave_shipped(setting: TouchpointSetting) -> None:
    """What is said as it was shipped stays so when a later version says it better."""
    ours = load_catalogue().touchpoints[setting.code]
    if setting.name_nl in {ours.names["nl"], ""}:
        setting.name_nl = None
    if setting.name_en == ours.names["en"]:
        setting.name_en = None
    if setting.phase == ours.phase:
        setting.phase = None


def _changed(
    session: Session, setting: TouchpointSetting, keeper: Keeper, deed: str
) -> TouchpointSetting:
    setting.changed_at = keeper.at
    session.flush()
    forget_catalogue(session)
    record(
        session,
        actor_id=keeper.staff_id,
        action=deed,
        subject=f"touchpoint {setting.code}",
        at=keeper.at,
    )
    return setting


def _new_code(session: Session, name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore")
    slug = re.sub(r"[^a-z0-9]+", "_", plain.decode()).strip("_")[:LONGEST_CODE]
    code = wanted = f"{PREFIX}{slug or 'touchpoint'}"
    number = 1
    while session.get(TouchpointSetting, code) is not None:
        number += 1
        code = f"{wanted}_{number}"
    return code
