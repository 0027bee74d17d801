"""What was asked decides the columns; versions are laid over one another."""

import pytest

from survey_app.exports.catalogue import build_catalogue
from survey_app.exports.columns import Kind
from survey_app.exports.values import Gap
from survey_app.exports.wide import TAKEN, WideTable
from survey_app.questionnaires.question_set import QuestionType
from survey_app.responses.said import Said
from tests.exports.builders import (
    EVERY,
    EVERYTHING_SAID,
    SENT,
    make_question_set,
    make_record,
    option,
    question,
)

COLUMNS = [
    "source__2",
    "source__detail",
    "bought",
    *("seen__site", "seen__shop", "seen__detail"),
    *("matters__price", "matters__speed", "matters__care"),
    "ease",
    "recommend",
    *("judge__staff", "judge__stock"),
    "days",
    "spent",
    "day",
    *("name", "name__about"),
    *("words", "words__about"),
    *("why_not", "why_not__about"),
]


def test_columns_follow_the_questions() -> None:
    catalogue = build_catalogue([EVERY], taken=TAKEN)

    assert [column.name for column in catalogue.columns] == COLUMNS


def test_every_type_of_question_has_columns_or_a_reason_for_none() -> None:
    catalogue = build_catalogue([EVERY])

    without = set(QuestionType) - {each.type for each in catalogue.questions}

    assert without == {QuestionType.EMAIL, QuestionType.INFO}


def test_values_are_typed_by_what_was_asked() -> None:
    catalogue = build_catalogue([EVERY], taken=TAKEN)
    record = make_record()

    values = {column.name: record.value(column) for column in catalogue.columns}

    assert values["seen__shop"] == 0
    assert (values["matters__care"], values["matters__speed"]) == (1, 3)
    assert (values["ease"], values["days"], values["spent"]) == (4, 12, -2.5)
    assert values["judge__stock"] is Gap.NOT_ANSWERED
    assert values["why_not"] is Gap.NOT_SHOWN
    assert "a@example.org" not in map(str, values.values())


def test_answer_off_the_path_is_never_told() -> None:
    said = EVERYTHING_SAID | {"why_not": Said((), "te duur")}
    record = make_record(said)

    row = WideTable(build_catalogue([EVERY])).row(record)

    assert "te duur" not in row


def test_path_follows_the_own_version_of_a_response() -> None:
    plain = make_question_set((question("why_not", QuestionType.TEXT_LONG),))
    record = make_record({"why_not": Said((), "te duur")}, plain)
    column, *_ = build_catalogue([EVERY]).of_question("why_not")

    assert record.value(column) == "te duur"


def test_older_questions_stand_behind_what_went_before_them() -> None:
    one, two, three, gone = (
        question(name, QuestionType.TEXT_LONG) for name in ("a", "b", "c", "gone")
    )
    newest = make_question_set((one, two, three), version="2.0.0")
    oldest = make_question_set((one, gone, three), version="1.0.0")

    catalogue = build_catalogue([newest, oldest])

    names = [each.name for each in catalogue.columns if "__" not in each.name]
    assert names == ["a", "gone", "b", "c"]


def test_options_of_all_versions_are_known() -> None:
    old = question(
        "q", QuestionType.CHOICE, options=(option("x", "Oud"), option("gone", "Weg"))
    )
    new = question("q", QuestionType.CHOICE, options=(option("x", "Nieuw"),))

    [column] = build_catalogue(
        [make_question_set((new,)), make_question_set((old,))]
    ).columns

    assert [each.code for each in column.options] == ["x", "gone"]
    assert (column.label("x", "nl"), column.label("gone", "nl")) == ("Nieuw", "Weg")


def test_question_that_changed_its_type_has_two_columns() -> None:
    text = question("q", QuestionType.TEXT_SHORT)
    count = question("q", QuestionType.NUMBER)
    newest, oldest = make_question_set((count,)), make_question_set((text,))
    catalogue = build_catalogue([newest, oldest])
    record = make_record({"q": Said((), "drie")}, oldest)

    values = {each.name: record.value(each) for each in catalogue.columns}

    assert values["q__2"] is Gap.NOT_SHOWN or values["q"] is Gap.NOT_SHOWN
    assert "drie" in values.values()


def test_only_chosen_questions_have_columns() -> None:
    catalogue = build_catalogue([EVERY], questions=frozenset({"seen", "words"}))

    assert {each.question.id for each in catalogue.columns} == {"seen", "words"}


def test_labels_stand_beside_codes_in_every_language() -> None:
    table = WideTable(build_catalogue([EVERY], taken=TAKEN), labels=("nl", "en"))

    told = dict(zip(table.header(), table.row(make_record()), strict=True))

    assert told["bought"] == "yes"
    assert (told["bought__label_nl"], told["bought__label_en"]) == ("Ja", "Yes")


def test_anonymous_responses_tell_no_more_than_the_day() -> None:
    table = WideTable(build_catalogue([EVERY]))
    record = make_record(privacy_mode="anonymous", changed_at=SENT)

    told = dict(zip(table.header(), table.row(record), strict=True))

    times = [str(told[f"{name}_at"]) for name in ("started", "submitted", "changed")]
    assert times == ["2026-10-05"] * 3
    assert told["duration_s"] is None


@pytest.mark.parametrize("name", [*TAKEN])
def test_facts_keep_their_names(name: str) -> None:
    assert name in WideTable(build_catalogue([EVERY], taken=TAKEN)).header()


def test_kinds_tell_how_to_read_a_column() -> None:
    kinds = {each.name: each.kind for each in build_catalogue([EVERY]).columns}

    assert kinds["seen__site"] is Kind.TICK
    assert kinds["words__about"] is Kind.CODE
