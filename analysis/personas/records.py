"""The frozen records that go into the derivation of personas and come out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from analysis.intervals import Interval, Share


@dataclass(frozen=True, slots=True)
class Variable:
    """A categorical variable: what it is called, and the levels it may have."""

    key: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person's level of each variable; None or left out: not known."""

    key: str
    levels: Mapping[str, str | None]
    weight: float = 1.0


class DropReason(StrEnum):
    """Why a variable took no part."""

    UNANSWERED = "unanswered"  # figure: the share of people who answered it
    ONE_LEVEL = "one_level"  # figure: 1.0
    RARE = "rare"  # figure: the share of its rarer level
    REDUNDANT = "redundant"  # figure: Cramér's V with `other`
    LIMIT = "limit"  # figure: how many variables these people can carry


@dataclass(frozen=True, slots=True)
class DroppedVariable:
    variable: str
    reason: DropReason
    figure: float
    other: str | None = None


class GateName(StrEnum):
    """What a number of personas must pass, in the order examined."""

    BASE = "base"  # people needed before this many personas are tried
    BIC = "bic"  # how far above the best of fewer classes; below zero passes
    CLASS_SHARE = "class_share"  # of the smallest class
    CLASS_BASE = "class_base"  # people in the smallest class
    POSTERIOR = "posterior"  # how surely people belong, in the least sure class
    STABILITY = "stability"  # bootstrap Jaccard of the least stable class
    FEATURES = "features"  # variables that tell a class apart, for the vaguest class


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate's result for ``k`` personas.

    Passed is None when an earlier gate had already refused; then there is no figure.
    """

    k: int
    name: GateName
    passed: bool | None
    figure: float | None
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DistinctiveFeature:
    """A level that people in a class have more often, or less often, than the rest."""

    variable: str
    level: str
    share_in: Share
    share_rest: Share
    difference: float
    interval: Interval  # of the difference, Newcombe's
    q: float  # for the whole set of features compared (Benjamini and Hochberg)

    @property
    def lift(self) -> float:
        """How many times as frequent here as in the rest."""
        rest = self.share_rest.value
        return self.share_in.value / rest if rest else inf


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaClass:
    key: str
    base: int
    share: Share
    mean_posterior: float
    stability: float | None  # mean bootstrap Jaccard; None for a single class
    provisional: bool  # stable enough to show, not enough to rely on
    features: tuple[DistinctiveFeature, ...]  # by lift
    members: tuple[tuple[str, float], ...]  # person, posterior; by person


class PersonaStatus(StrEnum):
    DERIVED = "derived"
    ONE_GROUP = "one_group"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaDerivation:
    """What the answers say about personas, and why not more of them."""

    k: int
    status: PersonaStatus
    classes: tuple[PersonaClass, ...]  # the largest first
    gates: tuple[Gate, ...]  # the highest k first
    variables_used: tuple[Variable, ...]  # with their levels as coded
    variables_dropped: tuple[DroppedVariable, ...]
    base: int  # people in the classes
    unplaced: tuple[str, ...]  # people who answered none of the variables used
    seed: int
