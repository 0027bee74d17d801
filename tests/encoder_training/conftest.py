"""Texts and a checkpoint of two layers for tiny runs."""

from pathlib import Path

import pytest

from encoder_training.labels import touchpoint_texts
from encoder_training.material import Material, gathered
from encoder_training.options import Sources
from tests.encoder_training.tiny import published, write_answers


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("training")


@pytest.fixture(scope="session")
def answers(folder: Path) -> Path:
    return write_answers(folder / "answers")


@pytest.fixture(scope="session")
def material(answers: Path) -> Material:
    codes = list(touchpoint_texts())
    return gathered(Sources(answers, None), codes, patients=False)


@pytest.fixture(scope="session")
def first(folder: Path, material: Material) -> Path:
    """The published weights as a checkpoint, nothing trained yet; needs torch."""
    import torch  # noqa: PLC0415

    from encoder_training.checkpoints import save_checkpoint  # noqa: PLC0415
    from encoder_training.learner import begun  # noqa: PLC0415
    from encoder_training.vocabulary import cut  # noqa: PLC0415

    torch.set_num_threads(1)
    texts = [one.text for one in material.answers]
    vocabulary = cut(published(), texts, ["fiets", "Bicycle"])
    learner = begun(published(), vocabulary, material.asked, seed=1)
    learner.labels.refresh(learner.network)
    path = folder / "first.pt"
    save_checkpoint(learner.checkpoint([]), path)
    return path
