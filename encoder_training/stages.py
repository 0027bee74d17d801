"""The stages of a run, one after the other."""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analysis.encoder_heads import HEADS, MODEL, TOKENIZER
from encoder_training.calibrate import calibrate
from encoder_training.card import write_card
from encoder_training.figures import measured
from encoder_training.labels import touchpoint_texts
from encoder_training.material import Material, check_sources, gathered
from encoder_training.needs import CannotTrainError
from encoder_training.options import SHIPPED, Options
from encoder_training.record import load_record, save_record
from encoder_training.weigh import weigh

if TYPE_CHECKING:
    from encoder_training.rounds import Training

_MEGABYTE = 1_000_000


def run(options: Options) -> None:
    """Raises CannotTrainError, as early as it can be known, where a stage cannot."""
    work = _prepared(options)
    for stage in options.stages:
        started = time.monotonic()
        _say(f"{stage} …")
        _STAGES[stage](work)
        _say(f"{stage}: {time.monotonic() - started:.0f} s")


@dataclass(slots=True)
class _Work:
    options: Options
    training: "Training | None"
    gathered: Material | None = None

    @property
    def material(self) -> Material:
        """Read when the first stage asks for it."""
        if self.gathered is None:
            patients = self.training is not None and self.training.needs_patients
            codes = list(touchpoint_texts())
            self.gathered = gathered(self.options.sources, codes, patients=patients)
        return self.gathered


def _prepared(options: Options) -> _Work:
    if options.threads is not None and {"train", "export"} & {*options.stages}:
        _use_threads(options.threads)
    training = None
    if "train" in options.stages:
        from encoder_training.rounds import Training  # noqa: PLC0415  (needs torch)

        training = Training(options)
    if options.stages != ("card",):
        patients = training is not None and training.needs_patients
        check_sources(options.sources, patients=patients)
    if not {"train", "export"} & {*options.stages}:
        _check_model(options)
    return _Work(options, training)


def _use_threads(count: int) -> None:
    import torch  # noqa: PLC0415  (not needed by all stages)

    torch.set_num_threads(count)


def _check_model(options: Options) -> None:
    for name in (MODEL, TOKENIZER, HEADS):
        if not (options.into / name).is_file():
            raise CannotTrainError(
                f"{options.into} holds no {name}: run the stage export first, or name"
                " the folder with --into FOLDER."
            )


def _train(work: _Work) -> None:
    if work.training is not None:
        work.training.run(work.material)


def _export(work: _Work) -> None:
    from encoder_training.rounds import to_export  # noqa: PLC0415  (needs torch)
    from encoder_training.shipping import export  # noqa: PLC0415

    export(to_export(work.options), work.material, work.options.into)


def _calibrate(work: _Work) -> None:
    calibrate(work.options.into, work.material.held_out())


def _weigh(work: _Work) -> None:
    options = work.options
    count = weigh(options.into, options.sources, options.weighing)
    record = load_record(options.into)
    save_record(replace(record, weighed_on=count), options.into)


def _card(work: _Work) -> None:
    options = work.options
    if not options.weighing.is_file():
        raise CannotTrainError(
            f"{options.weighing} is not there: run the stage weigh first."
        )
    record = load_record(options.into)
    found = measured(options.into, options.weighing, options.sources.reviews)
    files = [options.into / name for name in (MODEL, TOKENIZER, HEADS)]
    size = sum(file.stat().st_size for file in files) / _MEGABYTE
    write_card(options.into, SHIPPED, record, found, size)


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


_STAGES: Mapping[str, Callable[[_Work], None]] = {
    "train": _train,
    "export": _export,
    "calibrate": _calibrate,
    "weigh": _weigh,
    "card": _card,
}
