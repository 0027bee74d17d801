"""Checkpoints: read, averaged, and refused; they need torch."""

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="the extra encoder is not installed")

from encoder_training.checkpoints import (  # noqa: E402
    Checkpoint,
    averaged,
    load_checkpoint,
    save_checkpoint,
)
from encoder_training.needs import CannotTrainError  # noqa: E402


def test_mean_of_alike_is_the_same(first: Path) -> None:
    one, mean = load_checkpoint(first), averaged([first, first])

    assert all(torch.allclose(one.state[n], mean.state[n]) for n in one.state)


def test_unlike_checkpoints_have_no_mean(first: Path, folder: Path) -> None:
    one = load_checkpoint(first)
    other = Checkpoint(
        state=one.state,
        tokenizer=one.tokenizer,
        rows=one.rows,
        names=[*one.names, "about: parking"],
        labels=one.labels,
        shape=one.shape,
    )
    save_checkpoint(other, folder / "other.pt")

    with pytest.raises(CannotTrainError, match="labels differ"):
        averaged([first, folder / "other.pt"])


def test_checkpoint_without_its_shape_is_read(first: Path, folder: Path) -> None:
    kept = torch.load(first, weights_only=True)
    older = {name: kept[name] for name in ("state", "labels", "names", "tok", "rows")}
    torch.save({**older, "plan": {"epochs": 9}}, folder / "older.pt")

    read = load_checkpoint(folder / "older.pt")

    assert read.history == [{"plan": {"epochs": 9}}]
    assert read.network().encoder.layers[0].heads == 3


class _Trap:
    def __reduce__(self) -> tuple[Any, ...]:
        return exec, ("raise SystemExit('code of the file was run')",)


@pytest.mark.parametrize("content", [b"", b"\x80nothing", {"state": {}}, _Trap()])
def test_file_that_is_no_checkpoint_is_refused(tmp_path: Path, content: Any) -> None:
    path = tmp_path / "odd.pt"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        torch.save(content, path)

    with pytest.raises(CannotTrainError, match="is no checkpoint"):
        load_checkpoint(path)


def test_absent_checkpoint_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotTrainError, match="There is no checkpoint"):
        load_checkpoint(tmp_path / "none.pt")
