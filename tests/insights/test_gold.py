import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from analysis.gold import GoldLabel, GoldText, as_json, as_tsv, is_held_out
from analysis.labelled import read_labelled
from analysis.records import Language, Polarity, QuestionRole
from survey_app.exports.gold_commands import export_gold_command
from survey_app.insights.corrections import (
    Drawn,
    Judge,
    add_mention,
    correct_mention,
)
from survey_app.insights.gold import list_gold
from survey_app.insights.judging import judge_complete
from tests.factories import (
    A_MOMENT,
    make_mention,
    make_opinion,
    make_staff_member,
    make_version,
)

WORDS = "Te laat, zei jan@voorbeeld.nl"


@pytest.fixture
def judged(session: Session) -> None:
    """One text judged as a whole, one in passing, one not at all."""
    judge = Judge(make_staff_member(session, "researcher").id, A_MOMENT, Drawn.RANDOM)
    version = make_version(session)
    whole = make_opinion(session, version, -0.5, words=WORDS, end=7)
    text = whole.analysed_text
    wrong = make_mention(session, text, touchpoint="price", start=0, end=7)
    for mention, said in ((whole, ("delivery", "negative")), (wrong, (None, None))):
        touchpoint, polarity = said
        correct_mention(
            session,
            mention.id,
            touchpoint=touchpoint,
            polarity=polarity,
            judge=judge,
        )
    add_mention(session, text.id, (0, 7), said=("app", "neutral"), judge=judge)
    judge_complete(session, text.id, judge)
    passing = make_opinion(session, version, -0.5, words="Te duur", end=7)
    correct_mention(
        session,
        passing.id,
        touchpoint="price",
        polarity="negative",
        judge=Judge(judge.staff_id, A_MOMENT),
    )
    make_opinion(session, version, -0.5, words="Niemand zag dit")
    session.commit()


@pytest.mark.usefixtures("judged")
def test_each_judged_touchpoint_has_its_label(session: Session) -> None:
    whole, passing = list_gold(session)

    assert whole == GoldText(
        text=WORDS,
        role=QuestionRole.INTERACTIONS,
        language=Language.DUTCH,
        labels=(
            GoldLabel("app", Polarity.NEUTRAL),
            GoldLabel("delivery", Polarity.NEGATIVE),
            GoldLabel("price", None),
        ),
        is_complete=True,
        is_held_out=is_held_out(WORDS),
    )
    assert passing.labels == (
        GoldLabel("price", Polarity.NEGATIVE),
        GoldLabel("delivery", None),
    )
    assert not passing.is_complete


@pytest.mark.usefixtures("judged")
def test_redacted_texts_stay_in_their_half(session: Session) -> None:
    plain, redacted = list_gold(session), list_gold(session, redacted=True)

    assert redacted[0].text == "Te laat, zei […]"
    halves = [[each.is_held_out for each in gold] for gold in (plain, redacted)]
    assert halves[0] == halves[1]


@pytest.mark.usefixtures("judged")
def test_the_command_writes_what_the_evaluation_reads(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("KLANTREIS_INSTANCE", str(tmp_path))
    run = CliRunner().invoke
    tsv, lines = tmp_path / "gold.tsv", tmp_path / "gold.jsonl"

    done = [
        run(export_gold_command, [str(tsv), "--redact"]),
        run(export_gold_command, [str(lines)]),
        *(
            run(export_gold_command, [str(tmp_path / f"{half}.jsonl"), "--half", half])
            for half in ("learn", "held-out")
        ),
        run(export_gold_command, [str(tmp_path / "gold.csv")]),
    ]

    assert [each.exit_code for each in done] == [0, 0, 0, 0, 2]
    [read] = read_labelled(tsv)
    assert read.text.text == "Te laat, zei […]"
    assert read.labels == {
        ("delivery", Polarity.NEGATIVE),
        ("app", Polarity.NEUTRAL),
    }
    rows = [json.loads(line) for line in lines.read_text().splitlines()]
    assert [row["complete"] for row in rows] == [True, False]
    assert {"touchpoint": "price", "polarity": "absent"} in rows[0]["labels"]
    halves = [
        tmp_path.joinpath(f"{half}.jsonl").read_text() for half in ("learn", "held-out")
    ]
    assert sorted("".join(halves).splitlines()) == sorted(
        lines.read_text().splitlines()
    )


labels = st.builds(
    GoldLabel,
    st.sampled_from(["price", "app", "own_bus"]),
    st.sampled_from([*Polarity, None]),
)
texts = st.builds(
    GoldText,
    text=st.text(min_size=1).filter(str.strip),
    role=st.sampled_from([*QuestionRole, None]),
    language=st.sampled_from(list(Language)),
    labels=st.lists(labels, unique=True, max_size=3).map(tuple),
    is_complete=st.booleans(),
    is_held_out=st.booleans(),
)


@given(gold=texts)
def test_whatever_is_written_stays_on_one_line(gold: GoldText) -> None:
    assert len(as_json(gold).splitlines()) == 1
    assert json.loads(as_json(gold))["text"] == gold.text
    assert len(as_tsv(gold).split("\t")) == 4


@given(words=st.text())
def test_space_and_capitals_decide_no_half(words: str) -> None:
    assert is_held_out(f"  {words}\n") == is_held_out(words)


def test_halves_are_halves() -> None:
    held_out = sum(is_held_out(f"tekst {number}") for number in range(1_000))

    assert 430 < held_out < 570
