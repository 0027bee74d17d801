"""How to train: the figures of a round, and the rounds of a run."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from encoder_training.needs import CannotTrainError


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train for one round; the figures that a run may change."""

    seed: int = 20261128
    epochs: int = 3
    pieces: int = 1_000  # in a batch
    rate: float = 1.5e-4
    head_rate: float = 6e-4
    warm_up: float = 0.06
    span: float = 0.1
    answer_weight: float = 2.0
    category_weight: float = 0.15  # of a review's own category, beside touchpoints
    answer_rounds: int = 3  # how often answers are read in each epoch
    joined: float = 0.3
    contrasts: int = 2_500  # in each epoch
    opinions: int = 2_500
    patients: int = 2_300  # of the patients' answers, used at all
    dropout: float = 0.1
    smoothing: float = 0.0  # of the polarity
    review_share: float = 0.5  # of reviews and patients' answers, in each epoch
    frozen: int = 3  # layers from below that stay as published
    minutes: float = 35.0  # after which a round ends, whatever is left of its epochs


FROM_PUBLISHED = (
    Plan(epochs=2, minutes=18, contrasts=0, opinions=0, patients=0),
    Plan(
        epochs=9,
        pieces=1_400,
        review_share=0.3,
        warm_up=0.04,
        head_rate=5e-4,
        answer_rounds=4,
        answer_weight=3.0,
        opinions=0,
        minutes=33,
    ),
    Plan(
        epochs=8,
        pieces=1_400,
        warm_up=0.05,
        head_rate=5e-4,
        answer_rounds=1,
        answer_weight=1.5,
        joined=0.6,
        contrasts=6_000,
        opinions=6_000,
        dropout=0.15,
        smoothing=0.03,
        minutes=33,
    ),
)
FURTHER = (
    Plan(
        epochs=7,
        pieces=1_400,
        rate=1.4e-4,
        head_rate=4e-4,
        warm_up=0.03,
        review_share=0.22,
        answer_rounds=1,
        joined=0.5,
        contrasts=1_500,
        opinions=1_000,
        smoothing=0.02,
        minutes=70,
    ),
)
_NAMES = tuple(one.name for one in fields(Plan))
_SHARES = frozenset({"joined", "dropout", "smoothing", "review_share", "warm_up"})
_ABOVE_NOUGHT = frozenset({"epochs", "pieces", "minutes", "rate", "head_rate"})


def changed(
    rounds: Sequence[Plan], changes: Mapping[str, str], minutes: float | None
) -> tuple[Plan, ...]:
    """The rounds with figures changed in all of them; ``minutes`` are for all together.

    >>> [plan.minutes for plan in changed(FROM_PUBLISHED, {"epochs": "1"}, 84 / 3)]
    [6.0, 11.0, 11.0]
    """
    read = {name: _figure(name, text) for name, text in changes.items()}
    if minutes is None:
        return tuple(replace(plan, **read) for plan in rounds)
    _check("minutes", minutes)
    factor = minutes / sum(plan.minutes for plan in rounds)
    return tuple(
        replace(plan, **read, minutes=plan.minutes * factor) for plan in rounds
    )


def _figure(name: str, text: str) -> Any:
    if name not in _NAMES or name == "minutes":
        known = ", ".join(one for one in _NAMES if one != "minutes")
        raise CannotTrainError(f"{name} is no figure of a plan: they are {known}.")
    kind = type(getattr(Plan(), name))
    try:
        value = kind(text)
    except ValueError:
        what = "a whole number" if kind is int else "a number"
        raise CannotTrainError(f"{name} is {what}, not {text!r}.") from None
    _check(name, value)
    return value


def _check(name: str, value: float) -> None:
    """Comparisons are written so that a value which is no number fails them, too."""
    if name in _SHARES and not 0 <= value < 1:
        raise CannotTrainError(f"{name} is a share: from 0 to under 1, not {value}.")
    if name in _ABOVE_NOUGHT and not 0 < value < float("inf"):
        raise CannotTrainError(f"{name} must be more than nought, not {value}.")
    if not 0 <= value < float("inf"):
        raise CannotTrainError(f"{name} cannot be {value}.")


def as_kept(plan: Plan) -> dict[str, Any]:
    return asdict(plan)


def from_kept(kept: Mapping[str, Any]) -> Plan:
    """A plan out of a checkpoint; figures that it does not know are left out."""
    return Plan(**{name: value for name, value in kept.items() if name in _NAMES})
