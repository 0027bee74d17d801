"""What a file held that could not be taken as it is: codes, details, sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from survey_app.coding.file_sentences import FAULTS, REFUSALS, SENTENCES
from survey_app.questionnaires.problems import Message

MOST_PLACES = 20  # told of one by one; the others are counted
LONGEST_PLACE = 120


@dataclass(frozen=True, slots=True)
class Notice:
    """One kind of thing, how often and where."""

    code: str
    count: int = 1
    places: tuple[str, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> Message:
        values = {"count": self.count, "places": "; ".join(self.places)}
        return Message(SENTENCES[self.code], {**values, **self.details})

    def __str__(self) -> str:
        return str(self.sentence)


@dataclass(slots=True)
class Notices:
    """Collects notices in the order in which they first came."""

    _found: dict[tuple[str, str], Notice] = field(default_factory=dict)

    def note(
        self, code: str, place: str = "", times: int = 1, /, **details: object
    ) -> None:
        key = (code, repr(sorted(details.items())))
        known = self._found.get(key, Notice(code, 0, (), details))
        places = known.places
        place = place[:LONGEST_PLACE]
        if place and place not in places and len(places) <= MOST_PLACES:
            places = (*places, place if len(places) < MOST_PLACES else "…")
        self._found[key] = Notice(code, known.count + times, places, details)

    def all(self) -> tuple[Notice, ...]:
        return tuple(self._found.values())


class RefusedFileError(ValueError):
    """A file of which nothing is taken; the sentence says why and what to do."""

    def __init__(self, code: str, **details: object) -> None:
        self.code = code
        self.details = details
        self.sentence = Message(REFUSALS[code], details)
        super().__init__(str(self.sentence))

    @classmethod
    def complaining(cls, sentence: Message) -> "RefusedFileError":
        """With a sentence of another reader of files."""
        error = cls("unreadable_rows")
        error.sentence = sentence
        error.args = (str(sentence),)
        return error


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file of ours that its format does not allow, or cannot hold."""

    code: str
    place: str
    detail: str = ""

    @property
    def sentence(self) -> Message:
        values = {"place": self.place, "detail": self.detail}
        return Message(FAULTS[self.code], values)

    def __str__(self) -> str:
        return str(self.sentence)
