"""Personas: answers to latent classes, with the gates that may refuse them."""

from analysis.personas.derivation import Settings, derive_personas
from analysis.personas.describe import compare_groups
from analysis.personas.records import (
    DistinctiveFeature,
    DroppedVariable,
    DropReason,
    Gate,
    GateName,
    Person,
    PersonaClass,
    PersonaDerivation,
    PersonaStatus,
    Variable,
)

__all__ = [
    "DistinctiveFeature",
    "DropReason",
    "DroppedVariable",
    "Gate",
    "GateName",
    "Person",
    "PersonaClass",
    "PersonaDerivation",
    "PersonaStatus",
    "Settings",
    "Variable",
    "compare_groups",
    "derive_personas",
]
