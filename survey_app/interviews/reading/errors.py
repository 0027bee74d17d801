"""A file that cannot be read: a code, and details for the sentence that tells it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """How the doubtful lines read in one encoding."""

    encoding: str
    preview: str
    is_best_guess: bool = False


class ReadingError(ValueError):
    """Nothing is kept of the file; the sentences stand in `interviews.words`."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details: Mapping[str, object] = details


class UnknownEncodingError(ReadingError):
    """Several encodings fit: a person chooses one by its preview."""

    def __init__(self, candidates: tuple[Candidate, ...]) -> None:
        super().__init__(
            "unknown_encoding",
            candidates=", ".join(each.encoding for each in candidates),
        )
        self.candidates = candidates
