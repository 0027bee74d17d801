"""One uploaded file into a document: text, blocks, speakers, and what was left out.

Knows no database and no web; every file may be hostile.
"""

from survey_app.interviews.reading.document import (
    Block,
    Encoding,
    Mark,
    Memo,
    ReadDocument,
    ReadingChoices,
    Report,
    Role,
    Speaker,
    Warned,
)
from survey_app.interviews.reading.encodings import ENCODINGS
from survey_app.interviews.reading.errors import (
    Candidate,
    ReadingError,
    UnknownEncodingError,
)
from survey_app.interviews.reading.files import read_document

__all__ = [
    "ENCODINGS",
    "Block",
    "Candidate",
    "Encoding",
    "Mark",
    "Memo",
    "ReadDocument",
    "ReadingChoices",
    "ReadingError",
    "Report",
    "Role",
    "Speaker",
    "UnknownEncodingError",
    "Warned",
    "read_document",
]
