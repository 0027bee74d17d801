"""What a format could not carry: said of each thing, never left out in silence."""

from dataclasses import dataclass, field

from survey_app.questionnaires.problems import Message

__all__ = ["Loss", "Losses", "UnreadableFileError"]


@dataclass(frozen=True, slots=True)
class Loss:
    """Where, and what became of it."""

    place: str
    sentence: Message

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else str(self.sentence)


@dataclass(slots=True)
class Losses:
    """Collects losses in their order, each once."""

    found: list[Loss] = field(default_factory=list)

    def note(self, place: str, sentence: Message) -> None:
        loss = Loss(place, sentence)
        if loss not in self.found:
            self.found.append(loss)

    def all(self) -> tuple[Loss, ...]:
        return tuple(self.found)


class UnreadableFileError(ValueError):
    """A file that is not in this format, or is too large; the message says which."""

    def __init__(self, sentence: Message) -> None:
        self.sentence = sentence
        super().__init__(str(sentence))
