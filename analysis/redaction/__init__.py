"""Personal data in free text: found by its form and by the words around it.

Each kind has a module of its own; ``finding`` puts them together and ``replacing``
puts […] in their place.
"""

from analysis.redaction.finding import find_personal_data
from analysis.redaction.records import PersonalData, Redaction
from analysis.redaction.replacing import PLACEHOLDER, Redacted, redact

__all__ = [
    "PLACEHOLDER",
    "PersonalData",
    "Redacted",
    "Redaction",
    "find_personal_data",
    "redact",
]
