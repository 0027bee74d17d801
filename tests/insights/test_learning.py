"""Learning from judgements: kept when not worse, used by the next analysis."""

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.gold import is_held_out
from analysis.pipeline import Pipeline, build_pipeline
from analysis.retraining import Agreement, Retrained
from analysis.weighing import shipped_encoder
from survey_app.accounts.models import AuditEntry
from survey_app.insights.corrections import Judge, correct_mention
from survey_app.insights.learning import find_weights, go_back, keep, learn
from survey_app.insights.learning_commands import train_command
from survey_app.insights.models import LearnedWeights
from survey_app.insights.recipes import read_recipe
from tests.analysis.gardens import GardenEncoder, trusting_recipe
from tests.factories import A_MOMENT, make_opinion, make_staff_member, make_version

ENCODER = GardenEncoder.fingerprint
BETTER = Agreement(right=9, found=10, judged=10)
WORSE = Agreement(right=5, found=10, judged=10)


def retrained(before: Agreement, after: Agreement) -> Retrained:
    return Retrained("{}", learned_from=20, measured_on=20, before=before, after=after)


@pytest.fixture
def pipeline() -> Pipeline:
    return build_pipeline(trusting_recipe(), encoder=GardenEncoder())


@pytest.fixture
def judged(session: Session) -> None:
    """Gardens of which a researcher says that no event is spoken of."""
    judge = Judge(make_staff_member(session, "researcher").id, A_MOMENT)
    version = make_version(session)
    for number in range(12):
        words = f"In de tuin zaten wij op dag {number}"
        mention = make_opinion(session, version, 0.5, words=words, end=10)
        mention.touchpoint = "event"
        session.flush()
        correct_mention(
            session, mention.id, touchpoint=None, polarity=None, judge=judge
        )
    session.commit()


@pytest.mark.usefixtures("judged")
def test_half_of_what_was_judged_is_learned_from(
    session: Session, pipeline: Pipeline
) -> None:
    result = learn(session, pipeline, start=trusting_recipe().weights)

    held_out = sum(is_held_out(f"In de tuin zaten wij op dag {n}") for n in range(12))
    assert (result.learned_from, result.measured_on) == (12 - held_out, held_out)
    assert result.before.found == held_out  # events that are none
    assert result.after.found <= result.before.found


def test_what_is_not_worse_is_used(session: Session) -> None:
    assert keep(session, retrained(WORSE, BETTER), encoder=ENCODER, at=A_MOMENT)

    assert find_weights(session, encoder=ENCODER) == "{}"


def test_what_is_worse_is_kept_on_record_only(session: Session) -> None:
    assert not keep(session, retrained(BETTER, WORSE), encoder=ENCODER, at=A_MOMENT)

    assert find_weights(session, encoder=ENCODER) is None
    [kept] = session.scalars(select(LearnedWeights))
    assert (kept.right_before, kept.right_after) == (BETTER.f1, WORSE.f1)


def test_worse_weights_do_not_push_out_those_in_use(session: Session) -> None:
    keep(session, retrained(WORSE, BETTER), encoder=ENCODER, at=A_MOMENT)
    keep(session, retrained(BETTER, WORSE), encoder=ENCODER, at=A_MOMENT)

    assert find_weights(session, encoder=ENCODER) == "{}"


def test_weights_of_an_earlier_encoder_are_not_used(session: Session) -> None:
    keep(session, retrained(WORSE, BETTER), encoder="earlier", at=A_MOMENT)

    assert find_weights(session, encoder=ENCODER) is None
    assert read_recipe(session).weights is None


def test_shipped_weights_can_be_taken_up_again(session: Session) -> None:
    keep(session, retrained(WORSE, BETTER), encoder=ENCODER, at=A_MOMENT)
    go_back(session, encoder=ENCODER, at=A_MOMENT)

    assert find_weights(session, encoder=ENCODER) is None


def test_learning_stands_in_the_audit_log(session: Session) -> None:
    keep(session, retrained(WORSE, BETTER), encoder=ENCODER, at=A_MOMENT)
    session.flush()

    [entry] = session.scalars(select(AuditEntry).where(AuditEntry.action == "learn"))
    assert entry.detail == {"texts": 20, "used": True}


@pytest.mark.usefixtures("session")
def test_command_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)

    run = CliRunner().invoke(train_command, [])

    assert run.exit_code == 1
    missing = "too few judgements" if shipped_encoder() else "no trained encoder"
    assert missing in run.output


def test_measuring_and_forgetting_do_not_go_together() -> None:
    run = CliRunner().invoke(train_command, ["--dry-run", "--forget"])

    assert run.exit_code == 2
