"""How a derivation came about, shaped for the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import format_decimal

from survey_app.personas.models import Persona
from survey_app.personas.wording import GATES, REASONS, say_level, say_variable
from survey_app.web.filters import MINUS, percent

DESCRIBING = ("bought", "time_felt", "language", "wave")
SHARES = frozenset({"class_share", "posterior"})
DECIMALS = frozenset({"bic", "stability"})


@dataclass(frozen=True, slots=True)
class GateLine:
    words: str
    figure: str
    threshold: str
    passed: bool | None  # None: an earlier gate had refused already


@dataclass(frozen=True, slots=True)
class Attempt:
    """The gates for one number of groups."""

    k: int
    gates: tuple[GateLine, ...]

    @property
    def passed(self) -> bool:
        return all(gate.passed for gate in self.gates)


@dataclass(frozen=True, slots=True)
class DroppedGroup:
    reason: str
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompositionRow:
    words: str
    shares: tuple[float | None, ...]  # None: nobody, or too few to say


@dataclass(frozen=True, slots=True)
class UsedVariable:
    words: str
    levels: tuple[str, ...]


def list_attempts(report: Mapping[str, Any]) -> list[Attempt]:
    gates = report["gates"]
    numbers = dict.fromkeys(gate["k"] for gate in gates)
    return [
        Attempt(k, tuple(_gate(gate) for gate in gates if gate["k"] == k))
        for k in numbers
    ]


def list_used(report: Mapping[str, Any]) -> list[UsedVariable]:
    """What built the groups; levels are left out where they are yes and no."""
    return [
        UsedVariable(
            say_variable(used["key"]),
            ()
            if set(used["levels"]) == {"no", "yes"}
            else tuple(say_level(used["key"], level) for level in used["levels"]),
        )
        for used in report["used"]
    ]


def list_dropped(report: Mapping[str, Any]) -> list[DroppedGroup]:
    """What took no part, by the reason why."""
    return [
        DroppedGroup(
            str(words),
            tuple(
                say_variable(dropped["variable"])
                for dropped in report["dropped"]
                if dropped["reason"] == reason
            ),
        )
        for reason, words in REASONS.items()
        if any(dropped["reason"] == reason for dropped in report["dropped"])
    ]


def list_composition(personas: Sequence[Persona]) -> list[CompositionRow]:
    """Shares of what took no part in making the groups, a column for each persona."""
    shares = [
        {
            (each["variable"], each["level"]): each["share"]["value"]
            for each in persona.description["levels"]
        }
        for persona in personas
    ]
    found = {key for column in shares for key in column if key[0] in DESCRIBING}
    ordered = sorted(found, key=lambda key: (DESCRIBING.index(key[0]), key[1]))
    return [
        CompositionRow(say_level(*key), tuple(column.get(key) for column in shares))
        for key in ordered
    ]


def people_needed(report: Mapping[str, Any]) -> int:
    """How many more customers it takes before two groups are looked for."""
    for gate in _base_gates(report):
        if gate["k"] == 2:  # noqa: PLR2004 - the fewest that are groups
            return max(0, round(float(gate["threshold"]) - float(gate["figure"])))
    return 0


def _base_gates(report: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (gate for gate in report["gates"] if gate["name"] == "base")


def _gate(gate: Mapping[str, Any]) -> GateLine:
    name, figure = gate["name"], gate["figure"]
    shown = "–" if figure is None else _written(name, figure)
    return GateLine(
        str(GATES[name]), shown, _written(name, gate["threshold"]), gate["passed"]
    )


def _written(name: str, figure: float) -> str:
    if name in SHARES:
        return percent(figure)
    if name in DECIMALS:
        places = "0.00" if name == "stability" else "#,##0"
        return str(format_decimal(figure, places)).replace("-", MINUS)
    return str(format_decimal(round(figure)))
