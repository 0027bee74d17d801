"""The tables of coding: documents, codebook, codings, rounds, suggestions, changes."""

from survey_app.coding.models.changes import Change, ChangeCounter
from survey_app.coding.models.codebook import Code, CodebookVersion
from survey_app.coding.models.codings import Coder, Coding, Memo
from survey_app.coding.models.documents import Block, Document, DocumentVersion
from survey_app.coding.models.rounds import Assignment, Round
from survey_app.coding.models.suggestions import Suggester, Suggestion

__all__ = [
    "Assignment",
    "Block",
    "Change",
    "ChangeCounter",
    "Code",
    "CodebookVersion",
    "Coder",
    "Coding",
    "Document",
    "DocumentVersion",
    "Memo",
    "Round",
    "Suggester",
    "Suggestion",
]
