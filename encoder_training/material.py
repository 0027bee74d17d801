"""Gathers the examples to train on, and says what of them is missing."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.labelled import is_held_out
from analysis.training import SHIPPED
from encoder_training.examples import (
    Example,
    answer_clauses,
    answers,
    patient_answers,
    reviews,
)
from encoder_training.needs import CannotTrainError, listed
from encoder_training.options import Sources

PATIENTS = "nhs_fft_coded_en"


@dataclass(frozen=True, slots=True)
class Material:
    answers: Sequence[Example]
    clauses: Sequence[Example] = ()  # words of answers that carry a label
    reviews: Sequence[Example] = ()
    patients: Sequence[Example] = ()

    @property
    def asked(self) -> set[str]:
        """Whatever can be asked about these texts."""
        return {name for one in (*self.answers, *self.reviews) for name in one.asked}

    def taught(self) -> "Material":
        """What may be trained on."""
        return self._where(lambda one: not is_held_out(one.key))

    def held_out(self) -> "Material":
        """What thresholds and weights are chosen on."""
        return self._where(lambda one: is_held_out(one.key))

    def _where(self, keep: Callable[[Example], bool]) -> "Material":
        groups = (self.answers, self.clauses, self.reviews, self.patients)
        return Material(*([one for one in group if keep(one)] for group in groups))

    def counts(self) -> Mapping[str, int]:
        """Texts by source; all our own answers together."""
        own = {"answers": len(self.answers)}
        others = Counter(one.source for one in (*self.reviews, *self.patients))
        return own | dict(sorted(others.items()))


def gathered(
    sources: Sources, touchpoints: Sequence[str], *, patients: bool
) -> Material:
    """All examples; with the patients' answers, if they are wanted."""
    check_sources(sources, patients=patients)
    own = _read(sources.answers, answers(sources.answers, touchpoints))
    _check_labels(own, touchpoints)
    clauses = list(answer_clauses(sources.answers, touchpoints))
    if sources.reviews is None:
        return Material(own, clauses)
    read = _read(sources.reviews, reviews(sources.reviews))
    path = sources.reviews / f"{PATIENTS}.jsonl"
    if not patients:
        return Material(own, clauses, read)
    return Material(own, clauses, read, _read(path, patient_answers(path)))


def check_sources(sources: Sources, *, patients: bool) -> None:
    """Raises CannotTrainError where a folder or file is not there."""
    if not any(sources.answers.glob("*.tsv")):
        raise CannotTrainError(
            f"There are no labelled answers: {sources.answers} holds no .tsv file."
            " Name their folder with --answers FOLDER."
        )
    if sources.reviews is None:
        return
    names = [*SHIPPED, *([PATIENTS] if patients else [])]
    missing = [name for name in names if not _path(sources.reviews, name).is_file()]
    if missing:
        files = listed([f"{name}.jsonl" for name in missing])
        raise CannotTrainError(
            f"The reviews are not all there: {sources.reviews} lacks {files}. Name"
            " their folder with --reviews FOLDER, or use labelled answers alone with"
            " --own-only."
            + (
                " Patients' answers are left out with --set patients=0."
                if missing == [PATIENTS]
                else ""
            )
        )


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.jsonl"


def _read(where: Path, found: Iterable[Example]) -> list[Example]:
    try:
        return list(found)
    except (ValueError, LookupError, TypeError, OSError) as error:
        raise CannotTrainError(f"{where} cannot be read: {error}.") from error


def _check_labels(own: Sequence[Example], touchpoints: Sequence[str]) -> None:
    for one in own:
        if unknown := sorted(one.labels.keys() - {*touchpoints}):
            raise CannotTrainError(
                f"{one.source}.tsv labels {one.text!r} with {listed(unknown)}, which"
                " question_sets/touchpoints.toml does not know."
            )
