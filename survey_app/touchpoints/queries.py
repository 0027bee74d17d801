"""Touchpoints as this organisation uses them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from survey_app.touchpoints.catalogue import (
    DEFAULT_LANGUAGE,
    Catalogue,
    Touchpoint,
    load_catalogue,
)
from survey_app.touchpoints.models import TouchpointSetting

KEPT = "catalogue of touchpoints"
AFTER_OURS = 1_000  # their own stand behind ours within a phase


def read_catalogue(session: Session) -> Catalogue:
    """The shipped touchpoints as they were changed here, and their own.

    Read once in a session: pages name touchpoints many times over.
    """
    if KEPT not in session.info:
        session.info[KEPT] = _read(session)
    return cast("Catalogue", session.info[KEPT])


def forget_catalogue(session: Session) -> None:
    session.info.pop(KEPT, None)


def list_settings(session: Session) -> Sequence[TouchpointSetting]:
    """All that was changed and not removed, their own in the order of their making."""
    return session.scalars(
        select(TouchpointSetting)
        .where(TouchpointSetting.removed_at.is_(None))
        .order_by(TouchpointSetting.created_at, TouchpointSetting.code)
    ).all()


def list_own(session: Session) -> list[TouchpointSetting]:
    """Also the hidden ones: they are to come back with all that was said of them."""
    return [each for each in list_settings(session) if each.is_own]


def find_setting(session: Session, code: str) -> TouchpointSetting | None:
    """Of a touchpoint of ours that was changed, or of their own."""
    setting = session.get(TouchpointSetting, code)
    return None if setting is None or setting.removed_at is not None else setting


def is_shown(
    touchpoint: InstrumentedAttribute[str],
) -> ColumnElement[bool]:
    """What figures leave out: what is hidden, and what was removed."""
    left_out = select(TouchpointSetting.code).where(
        or_(TouchpointSetting.is_hidden, TouchpointSetting.removed_at.is_not(None))
    )
    return touchpoint.not_in(left_out)


def read_changed(session: Session) -> str:
    """Another text after every change to a touchpoint."""
    return str(session.scalar(select(func.max(TouchpointSetting.changed_at))))


def _read(session: Session) -> Catalogue:
    shipped = load_catalogue()
    settings = session.scalars(
        select(TouchpointSetting).order_by(TouchpointSetting.created_at)
    ).all()
    if not settings:
        return shipped
    known = dict(shipped.touchpoints)
    left_out = set()
    for place, setting in enumerate(settings):
        ours = known.get(setting.code)
        known[setting.code] = _as(ours, setting) if ours else _own(setting, place)
        if setting.is_hidden or setting.removed_at is not None:
            left_out.add(setting.code)
    phases = {phase.code: number for number, phase in enumerate(shipped.phases)}
    ordered = sorted(known.values(), key=lambda each: (phases[each.phase], each.order))
    return Catalogue(
        shipped.phases,
        {each.code: each for each in ordered if each.code not in left_out},
        {code: known[code] for code in left_out},
    )


def _as(ours: Touchpoint, setting: TouchpointSetting) -> Touchpoint:
    given = {"nl": setting.name_nl, "en": setting.name_en}
    names = {language: given[language] or name for language, name in ours.names.items()}
    return replace(ours, names=names, phase=setting.phase or ours.phase)


def _own(setting: TouchpointSetting, place: int) -> Touchpoint:
    name = setting.name_nl or setting.code
    return Touchpoint(
        code=setting.code,
        names={DEFAULT_LANGUAGE: name, "en": setting.name_en or name},
        descriptions={
            "nl": setting.description_nl or "",
            "en": setting.description_en or "",
        },
        phase=setting.phase or load_catalogue().phases[0].code,
        order=AFTER_OURS + place,
        mode="both",
        ownership="owned",
        is_conversion=False,
    )
