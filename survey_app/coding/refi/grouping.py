"""Codings that each have a range of their own, as selections with codings."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from survey_app.coding.refi.project import Coding, Guids, Selection, derived_guid


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One coding and its range; without a code it is a highlight."""

    guid: UUID
    start: int
    end: int
    code: UUID | None
    user: UUID | None = None
    at: datetime | None = None
    notes: Guids = ()
    round: str = ""


def grouped(passages: Iterable[Passage], text: str) -> tuple[Selection, ...]:
    """Equal ranges of one coder are one selection; a highlight stays by itself.

    A selection has a number that follows from its first coding's.
    """
    found: dict[tuple[object, ...], Selection] = {}
    for each in passages:
        if each.code is None:
            found[each.guid,] = _selection(each, text, each.guid, each.notes)
            continue
        key = (each.start, each.end, each.user)
        guid = derived_guid("selection", each.guid)
        known = found.get(key) or _selection(each, text, guid, ())
        coding = Coding(
            guid=each.guid,
            code=each.code,
            user=each.user,
            at=each.at,
            notes=each.notes,
            round=each.round,
        )
        found[key] = replace(known, codings=(*known.codings, coding))
    return tuple(found.values())


def _selection(each: Passage, text: str, guid: UUID, notes: Guids) -> Selection:
    return Selection(
        guid=guid,
        start=each.start,
        end=each.end,
        quote=text[each.start : each.end],
        user=each.user,
        created_at=each.at,
        notes=notes,
        round=each.round,
    )
