"""Whatever was answered, what is off the path is in no export."""

from hypothesis import given
from hypothesis import strategies as st

from survey_app.exports.catalogue import build_catalogue
from survey_app.exports.long import LongTable
from survey_app.exports.values import Gap
from survey_app.exports.wide import TAKEN, WideTable
from survey_app.questionnaires.question_set import Page, QuestionSet, QuestionType
from survey_app.questionnaires.rules import AnswerTo, Comparison, Literal
from survey_app.responses.said import Said
from tests.exports.builders import (
    make_question_set,
    make_record,
    option,
    question,
    texts,
)

CODES = ("a", "b", "c")
STEPS = 5


@st.composite
def routed_sets(draw: st.DrawFn) -> QuestionSet:
    """A page for each question; each may hang on the answer to an earlier one."""
    pages = []
    for number in range(STEPS):
        name = f"q{number}"
        asked = question(name, QuestionType.CHOICE, options=tuple(map(option, CODES)))
        earlier = draw(st.none() | st.integers(0, number - 1)) if number else None
        condition = None
        if earlier is not None:
            wanted = Literal(draw(st.sampled_from(CODES)))
            condition = Comparison("eq", AnswerTo(f"q{earlier}"), wanted)
        pages.append(
            Page(id=name, title=texts("x"), questions=(asked,), show_if=condition)
        )
    return make_question_set(pages=tuple(pages))


@given(
    routed_sets(),
    st.dictionaries(
        st.sampled_from([f"q{n}" for n in range(STEPS)]), st.sampled_from(CODES)
    ),
)
def test_answers_off_the_path_are_never_exported(
    question_set: QuestionSet, answers: dict[str, str]
) -> None:
    said = {name: Said((code,)) for name, code in answers.items()}
    record = make_record(said, question_set)
    catalogue = build_catalogue([record.question_set], taken=TAKEN)

    wide = WideTable(catalogue)
    told = dict(zip(wide.header(), wide.row(record), strict=True))
    long = {row[5]: row[12] for row in LongTable(catalogue, "x", "nl").rows(record)}

    for name in record.question_set.questions:
        if name in record.shown:
            assert told[name] == answers.get(name, Gap.NOT_ANSWERED)
        else:
            assert told[name] is Gap.NOT_SHOWN
    assert long == {n: code for n, code in answers.items() if n in record.shown}
