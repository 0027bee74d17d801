"""Tiny runs of the real command, from texts to model card; they need torch."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="the extra encoder is not installed")
pytest.importorskip("onnx", reason="the extra encoder is not installed")

from analysis.encoder_heads import HEADS, MODEL  # noqa: E402
from analysis.pipeline import Recipe, build_pipeline  # noqa: E402
from analysis.records import Language, QuestionRole, Text  # noqa: E402
from analysis.trained_encoder import TrainedEncoder  # noqa: E402
from analysis.weighing import WEIGHTS  # noqa: E402
from encoder_training.__main__ import main  # noqa: E402
from encoder_training.batches import Weighing, batch_of  # noqa: E402
from encoder_training.card import CARD  # noqa: E402
from encoder_training.checkpoints import load_checkpoint, save_checkpoint  # noqa: E402
from encoder_training.examples import Example  # noqa: E402
from encoder_training.fit import Keep, Round, losses, round_of  # noqa: E402
from encoder_training.labels import touchpoint_texts  # noqa: E402
from encoder_training.learner import continued  # noqa: E402
from encoder_training.material import Material  # noqa: E402
from encoder_training.needs import CannotTrainError  # noqa: E402
from encoder_training.plans import Plan, as_kept  # noqa: E402
from encoder_training.record import load_record  # noqa: E402

CODES = list(touchpoint_texts())
SHORT = Plan(
    epochs=2, pieces=400, answer_rounds=1, contrasts=4, opinions=4, rate=1e-3, frozen=1
)
TEXT = Text("De prijs viel tegen", QuestionRole.REVIEW, Language.DUTCH)


@pytest.fixture(scope="module")
def trained(folder: Path, answers: Path, first: Path) -> Path:
    """What the whole command made, from the first stage to the last."""
    given = ["--from", str(first), "--own-only", "--answers", str(answers)]
    figures = {"pieces": 400, "contrasts": 4, "opinions": 4, "rate": 1e-3}
    plan = [f"--set={name}={value}" for name, value in figures.items()]
    where = ["--checkpoint", str(folder / "ck.pt"), "--into", str(folder / "out")]

    assert main([*given, "--epochs", "2", *plan, *where, "--threads", "1"]) == 0
    return folder / "out"


def test_whole_command_makes_what_the_product_reads(trained: Path) -> None:
    weights = (trained / WEIGHTS).read_text("utf-8")
    pipeline = build_pipeline(Recipe(weights=weights), encoder=TrainedEncoder(trained))

    [analysis] = pipeline.analyse([TEXT])

    assert {one.touchpoint for one in analysis.mentions} <= set(CODES)
    assert "| answers_nl |" in (trained / CARD).read_text("utf-8")


def test_heads_are_calibrated(trained: Path) -> None:
    heads = TrainedEncoder(trained).heads

    assert heads.spoken["open"] != (1.0, 0.0)
    assert set(heads.thresholds["open"]) == set(CODES)


def test_record_tells_what_was_read(trained: Path, material: Material) -> None:
    record = load_record(trained)

    [one] = record.rounds
    assert one["texts"]["answers"] == len(material.taught().answers)
    assert one["steps"] > 0
    assert record.as_in_full_precision[0] > 0.9
    assert record.weighed_on == len(material.held_out().answers)


def test_each_stage_runs_alone(trained: Path, answers: Path, folder: Path) -> None:
    common = ["--own-only", "--answers", str(answers), "--into", str(trained)]
    model = (trained / MODEL).read_bytes()
    heads, weights = (trained / HEADS).read_bytes(), (trained / WEIGHTS).read_bytes()

    assert main(["export", "--from", str(folder / "ck.pt"), *common]) == 0
    assert (trained / HEADS).read_bytes() != heads  # they decide nothing any more
    assert main(["calibrate", *common]) == 0
    assert main(["weigh", *common]) == 0

    assert (trained / MODEL).read_bytes() == model
    assert (trained / HEADS).read_bytes() == heads
    assert (trained / WEIGHTS).read_bytes() == weights


def test_checkpoint_is_not_written_over(
    first: Path, answers: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--own-only", "--answers", str(answers), "--checkpoint", str(first)]

    assert main(["train", "--from", str(answers), *given]) == 2
    assert "is there already" in capsys.readouterr().err


class _Stopped(Exception):  # noqa: N818  (stands for a power cut)
    pass


def _stopping_after(steps: int, kept: list[Mapping[str, Any]]) -> Keep:
    def keep(state: Mapping[str, Any]) -> None:
        kept.append(state)
        if len(kept) == steps:
            raise _Stopped

    return keep


def _round(first: Path, material: Material) -> Round:
    return round_of(continued(load_checkpoint(first)), material.taught(), SHORT)


def test_interrupted_round_goes_on_as_if_it_was_not(
    folder: Path, first: Path, material: Material
) -> None:
    whole = _round(first, material)
    whole.run(lambda _: None, 60)
    kept: list[Mapping[str, Any]] = []
    cut = _round(first, material)
    with pytest.raises(_Stopped):
        cut.run(_stopping_after(3, kept), 0)
    save_checkpoint(cut.learner.checkpoint([], kept[-1]), folder / "cut.pt")

    saved = load_checkpoint(folder / "cut.pt")
    again = round_of(continued(saved), material.taught(), SHORT)
    again.go_on_from(saved.progress or {})
    again.run(lambda _: None, 60)

    assert again.step == whole.step > 3
    one, other = (r.learner.network.state_dict() for r in (whole, again))
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_interrupted_round_wants_the_same_texts(
    first: Path, material: Material
) -> None:
    one = _round(first, material)
    state = one.state()
    other = round_of(one.learner, Material(material.answers[:40]), SHORT)

    with pytest.raises(CannotTrainError, match="--anew"):
        other.go_on_from(state)


def test_interrupted_run_goes_on_by_the_command(
    first: Path,
    answers: Path,
    material: Material,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    kept: list[Mapping[str, Any]] = []
    cut = _round(first, material)
    with pytest.raises(_Stopped):
        cut.run(_stopping_after(2, kept), 0)
    progress = {"rounds": [as_kept(SHORT)], "at": 0, "round": kept[-1]}
    path = tmp_path / "interrupted.pt"
    save_checkpoint(cut.learner.checkpoint([], progress), path)
    given = ["train", "--from", str(path), "--checkpoint", str(path)]
    given += ["--own-only", "--answers", str(answers)]

    assert main([*given, "--epochs", "9"]) == 2
    assert "--anew" in capsys.readouterr().err
    assert main(given) == 0
    done = load_checkpoint(path)
    assert done.progress is None
    assert done.history[0]["steps"] == len(cut.batches)


def test_training_learns(first: Path, material: Material) -> None:
    one = _round(first, material)
    begin = _loss(one, one.batches[0])
    one.run(lambda _: None, 60)

    assert _loss(one, one.batches[0]) < 0.8 * begin


def _loss(one: Round, examples: Sequence[Example]) -> float:
    learner = one.learner
    learner.network.eval()
    learner.labels.refresh(learner.network)
    names, built_in = learner.labels.names, learner.labels.built_in
    batch = batch_of(examples, learner.tokenizer, names, built_in, Weighing({}))
    with torch.no_grad():
        means = learner.labels.means()
        return float(losses(learner.network, batch, means, one.plan))
