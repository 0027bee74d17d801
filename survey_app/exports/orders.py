"""What somebody wants exported: which responses, in which format, in which form."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from survey_app.exports.selection import Selection, selection_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """``language`` is that of labels; ``labels`` puts them beside the codes."""

    dialect: str = "plain"
    language: str = "nl"
    labels: bool = False
    raw: bool = False  # without the guard against formulas


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    format: str
    selection: Selection
    shape: Shape = Shape()

    def as_options(self) -> dict[str, Any]:
        """What a job keeps of it; `order_of` reads it back."""
        return {"selection": self.selection.as_options(), "shape": asdict(self.shape)}


def order_of(name: str, options: Mapping[str, Any]) -> Order:
    return Order(
        format=name,
        selection=selection_of(options["selection"]),
        shape=Shape(**options["shape"]),
    )
