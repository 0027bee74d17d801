"""The sentences that a map is made with; words of the drawing live with the drawing."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Texts of one language with the places they need in braces."""

    everybody: str
    confirmed: str  # label, share, low, high, base
    possible: str
    versions: str  # name, versions
    waiting: str  # mentions

    def dip(self, *, is_confirmed: bool) -> str:
        return self.confirmed if is_confirmed else self.possible


WORDING: Mapping[str, Wording] = {
    "nl": Wording(
        everybody="Alle klanten",
        confirmed=(
            "Knelpunt {label}: {share} % van deze klanten heeft hier een slechte"
            " ervaring ({low}–{high} %, n = {base}); dat is duidelijk slechter dan op"
            " de rest van de reis."
        ),
        possible=(
            "Mogelijk knelpunt {label}: {share} % van deze klanten heeft hier een"
            " slechte ervaring ({low}–{high} %, n = {base}); de basis is te klein om"
            " er zeker van te zijn."
        ),
        versions="{name}: versies {versions}",
        waiting="vermeldingen die op beoordeling wachten en niet meetellen: {mentions}",
    ),
    "en": Wording(
        everybody="All customers",
        confirmed=(
            "Bottleneck {label}: {share}% of these customers have a bad experience"
            " here ({low}–{high}%, n = {base}), clearly worse than on the rest of the"
            " journey."
        ),
        possible=(
            "Possible bottleneck {label}: {share}% of these customers have a bad"
            " experience here ({low}–{high}%, n = {base}); the base is too small to be"
            " sure."
        ),
        versions="{name}: versions {versions}",
        waiting="mentions that wait for judgement and are left out: {mentions}",
    ),
}
