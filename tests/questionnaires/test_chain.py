"""How far answers may be compared over a chain of versions."""

import pytest

from survey_app.questionnaires.comparison import compare
from survey_app.questionnaires.comparison.chain import Step, chained
from survey_app.questionnaires.question_set import Option, Question, QuestionType
from tests.questionnaires.builders import every_kind

TITLE = {"en": "How did you buy?"}


def asking(*codes: str, missing: str = "", type_: str = "choice") -> Question:
    return Question(
        id="channel",
        type=QuestionType(type_),
        title=TITLE,
        options=tuple(
            Option(code=code, label={"en": code}, missing=code == missing)
            for code in codes
        ),
    )


def steps(*classes: str, asked: tuple[Question | None, ...] = ()) -> list[Step]:
    """The first version, and one more for each class against the one before."""
    questions = asked or tuple(asking("shop", "phone") for _ in range(len(classes) + 1))
    found = [Step({}, _as_asked(questions[0]))]
    for what, question in zip(classes, questions[1:], strict=True):
        found.append(Step({"channel": what}, _as_asked(question)))
    return found


def _as_asked(question: Question | None) -> dict[str, Question]:
    return {} if question is None else {"channel": question}


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ((), "same"),
        (("same", "same"), "same"),
        (("wording", "same"), "wording"),
        (("same", "wording"), "wording"),
        (("wording", "options"), "options"),
        (("options", "wording"), "options"),
        (("options", "meaning", "same"), "meaning"),
        (("wording", "unheard of"), "meaning"),
    ],
)
def test_the_gravest_step_counts(classes: tuple[str, ...], expected: str) -> None:
    assert chained(steps(*classes))["channel"].what == expected


def test_a_step_that_was_never_judged_is_not_comparable() -> None:
    chain = [*steps(), Step({}, _as_asked(asking("shop", "phone")))]

    assert not chained(chain)["channel"].is_comparable


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        ((False, True), "new"),
        ((True, False), "removed"),
        ((True, False, True), "wording"),
        ((False, True, True), "new"),
        ((True, True, False), "removed"),
    ],
)
def test_a_question_must_be_asked_at_both_ends(
    here: tuple[bool, ...], expected: str
) -> None:
    asked = tuple(asking("shop", "phone") if each else None for each in here)
    classes = ["wording" if each else "removed" for each in here[1:]]

    assert chained(steps(*classes, asked=asked))["channel"].what == expected


def test_only_options_of_all_versions_that_count_alike_are_shared() -> None:
    asked = (
        asking("shop", "phone", "chat", "none"),
        asking("shop", "phone", "none"),
        asking("shop", "phone", "fax", "none", missing="none"),
    )

    found = chained(steps("options", "options", asked=asked))["channel"]

    assert found.codes == frozenset({"shop", "phone"})
    assert [found.holds(code) for code in ("shop", "chat", "none", None)] == [
        True,
        False,
        False,
        True,
    ]


def test_another_limit_leaves_all_answers_comparable() -> None:
    number = Question(id="channel", type=QuestionType.NUMBER, title=TITLE, maximum=5)
    larger = Question(id="channel", type=QuestionType.NUMBER, title=TITLE, maximum=9)

    found = chained(steps("options", asked=(number, larger)))["channel"]

    assert (found.codes, found.holds("3")) == (None, True)


def test_what_is_not_readable_is_not_comparable() -> None:
    chain = [Step({}, {}), Step({"channel": "same"}, _as_asked(asking("shop")))]

    assert chained(chain)["channel"].what == "new"


def test_what_publishing_stores_can_be_chained() -> None:
    question_set = every_kind()
    stored = compare(question_set, question_set).comparability

    chain = [Step({}, question_set.questions), Step(stored, question_set.questions)]

    assert {each.what for each in chained(chain).values()} == {"same"}
