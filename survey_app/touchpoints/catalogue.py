"""Touchpoints and phases by code, in both languages: read from question_sets/."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "question_sets"
TEMPLATE = "cdj4"  # the phases that touchpoints are placed in
DEFAULT_LANGUAGE = "nl"
PREFIX = "own_"  # of the codes that organisations add


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    code: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Touchpoint:
    code: str
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    phase: str
    order: int  # within its phase
    mode: str  # online, offline, both
    ownership: str  # owned, paid, earned, partner
    is_conversion: bool  # an important step towards a purchase


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Phases in order; touchpoints in the order of a customer's journey.

    ``left_out`` are hidden or removed: nothing but their names is of use.
    """

    phases: tuple[Phase, ...]
    touchpoints: Mapping[str, Touchpoint]
    left_out: Mapping[str, Touchpoint] = field(default_factory=dict)

    def knows(self, code: str) -> bool:
        """Also what is hidden or removed: it may have been spoken of before."""
        return code in self.touchpoints or code in self.left_out

    def name(self, code: str, language: str) -> str:
        """What people call it; a code that the catalogue lacks names itself."""
        touchpoint = self.touchpoints.get(code) or self.left_out.get(code)
        if touchpoint is None:
            return code.replace("_", " ").capitalize()
        return touchpoint.names.get(language, touchpoint.names[DEFAULT_LANGUAGE])

    def phase_of(self, code: str) -> str | None:
        touchpoint = self.touchpoints.get(code) or self.left_out.get(code)
        return touchpoint.phase if touchpoint else None

    def of_phase(self, phase: str) -> tuple[Touchpoint, ...]:
        return tuple(each for each in self.touchpoints.values() if each.phase == phase)


def is_own(code: str) -> bool:
    """Whether an organisation added it."""
    return code.startswith(PREFIX)


@cache
def load_catalogue() -> Catalogue:
    phases = _read_phases(_read(FOLDER / "phases.toml"))
    place = {phase.code: number for number, phase in enumerate(phases)}
    touchpoints = sorted(
        map(_read_touchpoint, _read(FOLDER / "touchpoints.toml")["touchpoints"]),
        key=lambda each: (place[each.phase], each.order),
    )
    return Catalogue(phases, {each.code: each for each in touchpoints})


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def _read_phases(data: Mapping[str, Any]) -> tuple[Phase, ...]:
    [template] = (each for each in data["templates"] if each["code"] == TEMPLATE)
    return tuple(
        Phase(code=row["code"], names=_names(row))
        for row in sorted(template["phases"], key=lambda row: int(row["order"]))
    )


def _read_touchpoint(row: Mapping[str, Any]) -> Touchpoint:
    return Touchpoint(
        code=row["code"],
        names=_names(row),
        descriptions={
            "nl": row.get("description_nl", ""),
            "en": row.get("description_en", ""),
        },
        phase=row["phase"],
        order=row["order"],
        mode=row["mode"],
        ownership=row["ownership"],
        is_conversion=row["conversion"],
    )


def _names(row: Mapping[str, Any]) -> dict[str, str]:
    return {"nl": row["nl"], "en": row["en"]}
