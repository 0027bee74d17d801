"""Whether coders agree: codings in, figures or the reasons why there are none out."""

from analysis.agreement.all_coders import AllCoderAgreement, compare_all
from analysis.agreement.boundaries import BoundaryAgreement, compare_boundaries
from analysis.agreement.characters import CharacterAgreement, compare_characters
from analysis.agreement.codings import Code, CodedRound, Coding, Unit
from analysis.agreement.disagreements import (
    Difference,
    Disagreement,
    find_disagreements,
)
from analysis.agreement.measures import (
    Caution,
    Figure,
    Measure,
    NotDefined,
    Over,
    Reason,
    Spread,
)
from analysis.agreement.pairs import Cells, PairAgreement, compare_pairs
from analysis.agreement.resampling import Resampling
from analysis.agreement.table import Coverage, UnitTable, unit_table

__all__ = [
    "AllCoderAgreement",
    "BoundaryAgreement",
    "Caution",
    "Cells",
    "CharacterAgreement",
    "Code",
    "CodedRound",
    "Coding",
    "Coverage",
    "Difference",
    "Disagreement",
    "Figure",
    "Measure",
    "NotDefined",
    "Over",
    "PairAgreement",
    "Reason",
    "Resampling",
    "Spread",
    "Unit",
    "UnitTable",
    "compare_all",
    "compare_boundaries",
    "compare_characters",
    "compare_pairs",
    "find_disagreements",
    "unit_table",
]
