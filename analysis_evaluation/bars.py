"""What the analysis has to reach, and whether it does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.redaction_quality import ALL, MaskingQuality
from analysis_evaluation.figures import Figures
from analysis_evaluation.limits import Limits
from analysis_evaluation.systems import PRODUCT


@dataclass(frozen=True, slots=True)
class Results:
    """All that was measured: figures by part and system."""

    figures: Mapping[tuple[str, str], Figures]
    masking: MaskingQuality
    limits: Limits


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that has to be reached; None where it was not measured."""

    about: str
    figure: str
    bound: float
    value: Callable[[Results], float | None] = field(repr=False)
    is_at_most: bool = False
    decimals: int = 3

    def reached(self, results: Results) -> bool | None:
        value = self.value(results)
        if value is None:
            return None
        return value <= self.bound if self.is_at_most else value >= self.bound

    def row(self, results: Results) -> list[str]:
        value = self.value(results)
        sign = "≤" if self.is_at_most else "≥"
        return [
            self.about,
            self.figure,
            f"{sign} {self.bound:,g}",
            "" if value is None else f"{value:,.{self.decimals}f}",
            _WORDS[self.reached(results)],
        ]


_WORDS = {True: "reached", False: "**not reached**", None: "not measured"}


def bars() -> Sequence[Bar]:
    """The whole product's; rules and encoder together unless it says otherwise."""
    answers, phone = "survey answers", "mabsa_nl_phone, held out"
    research, organisations = "semeval16_nl_restaurants", "fabsa_en"
    return (
        Bar(answers, "touchpoint micro-F1", 0.88, _of(answers, _touchpoints)),
        Bar(answers, "joint micro-F1", 0.78, _of(answers, _joint)),
        Bar(phone, "touchpoint micro-F1", 0.80, _of(phone, _touchpoints)),
        Bar(phone, "joint micro-F1", 0.72, _of(phone, _joint)),
        Bar(research, "polarity accuracy", 0.85, _of(research, _accuracy)),
        Bar(research, "polarity macro-F1", 0.64, _of(research, _macro)),
        Bar(organisations, "polarity accuracy", 0.88, _of(organisations, _accuracy)),
        Bar(
            "opener_nl_hotel, held out",
            "accuracy, positive or negative sentences",
            0.92,
            _of("opener_nl_hotel, held out", lambda one: one.sign_accuracy),
        ),
        Bar("contrast nl", "polarity accuracy", 0.92, _of("contrast nl", _accuracy)),
        Bar(
            answers,
            "calibration error of touchpoints",
            0.05,
            _of(answers, lambda one: one.touchpoint_error),
            is_at_most=True,
        ),
        Bar(
            answers,
            "calibration error of polarity",
            0.05,
            _of(answers, lambda one: one.polarity_error),
            is_at_most=True,
        ),
        Bar("masking", "recall", 0.95, lambda r: r.masking.tally(ALL, ALL).recall),
        Bar(
            "masking", "precision", 0.95, lambda r: r.masking.tally(ALL, ALL).precision
        ),
        *_limit_bars(),
    )


def _limit_bars() -> Sequence[Bar]:
    return (
        Bar(
            "speed",
            "short answers a CPU second, one thread",
            500,
            _limit("encoder_texts_per_second"),
            decimals=0,
        ),
        Bar(
            "speed, `--fast`",
            "short answers a CPU second, one thread",
            5_000,
            _limit("fast_texts_per_second"),
            decimals=0,
        ),
        _at_most("memory of a worker", "MB", 700, "worker_megabytes"),
        _at_most("start of the command", "CPU seconds", 3, "start_seconds"),
        _at_most(
            "an interview of 25,000 words", "CPU seconds", 30, "interview_seconds"
        ),
    )


def _at_most(about: str, figure: str, bound: float, name: str) -> Bar:
    return Bar(about, figure, bound, _limit(name), is_at_most=True, decimals=1)


def _of(
    part: str, read: Callable[[Figures], float | None]
) -> Callable[[Results], float | None]:
    def value(results: Results) -> float | None:
        figures = results.figures.get((part, PRODUCT))
        return read(figures) if figures else None

    return value


def _limit(name: str) -> Callable[[Results], float | None]:
    def value(results: Results) -> float | None:
        is_whole = name.startswith("fast") or results.limits.get("encoder")
        return results.limits.get(name) if is_whole else None

    return value


def _touchpoints(figures: Figures) -> float | None:
    return figures.quality.touchpoint_micro_f1 if figures.quality else None


def _joint(figures: Figures) -> float | None:
    return figures.quality.joint_micro_f1 if figures.quality else None


def _accuracy(figures: Figures) -> float:
    return figures.polarity_accuracy


def _macro(figures: Figures) -> float:
    return figures.polarity_macro_f1
