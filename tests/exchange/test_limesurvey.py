"""LimeSurvey surveys, of old and new versions, as drafts of ours."""

import pytest

from survey_app.exchange.drafting import Conversion
from survey_app.exchange.limesurvey.reading import read_lss
from survey_app.exchange.losses import UnreadableFileError
from survey_app.questionnaires.question_set import QuestionType
from survey_app.questionnaires.reading import inspect_question_set
from survey_app.questionnaires.writing import write_question_set
from survey_app.questionnaires.writing.conditions import written_condition
from tests.exchange.comparing import carried
from tests.exchange.survey import survey


@pytest.fixture(params=[False, True], ids=["version 3", "version 6"])
def conversion(request: pytest.FixtureRequest) -> Conversion:
    return read_lss(survey(is_new=request.param))


def test_questions_come_with_types_texts_and_options(conversion: Conversion) -> None:
    questions = conversion.question_set.questions

    assert {name: q.type for name, q in questions.items()} == {
        "q1": QuestionType.CHOICE,
        "q2": QuestionType.MULTI,
        "q3": QuestionType.MATRIX,
        "q4": QuestionType.TEXT_LONG,
        "q5": QuestionType.NUMBER,
        "q6": QuestionType.SCALE,
        "q7_sq5": QuestionType.NUMBER,
        "q7_sq6": QuestionType.NUMBER,
        "q8": QuestionType.YES_NO,
        "q10": QuestionType.INFO,
        "q11": QuestionType.RANKING,
    }
    assert questions["q1"].title == {"nl": "Waar kwam u voor?", "en": "Why?"}
    assert questions["q1"].codes == ("a1", "a2", "other")
    assert questions["q1"].required
    assert [o.exclusive for o in questions["q2"].options] == [False, True]
    assert questions["q3"].answer_ids == ("q3__sq3", "q3__sq4")
    assert questions["q4"].title["nl"] == "Waarom {q1|…}?"
    assert questions["q5"].minimum == 0
    assert questions["q7_sq5"].title == {
        "nl": "Aantal: Broers",
        "en": "Number: Brothers",
    }


def test_simple_relevance_comes_along(conversion: Conversion) -> None:
    pages = {page.questions[0].id: page for page in conversion.question_set.pages}
    bought = {"eq": [{"answer": "q1"}, "a1"]}

    assert written_condition(pages["q3"].show_if) == {"answered": "q1"}
    assert written_condition(pages["q4"].show_if) == {
        "and": [
            bought,
            {
                "and": [
                    {
                        "or": [
                            {"eq": [{"answer": "q1"}, "a2"]},
                            {"any_in": [{"answer": "q2"}, ["sq1"]]},
                        ]
                    },
                    {"eq": [{"answer": "q3__sq3"}, "b1"]},
                ]
            },
        ]
    }
    assert written_condition(pages["q7_sq5"].show_if) == {
        "and": [bought, {"ge": [{"answer": "q6"}, 4]}]
    }


def test_what_has_no_counterpart_is_said(conversion: Conversion) -> None:
    told = {(loss.place, loss.sentence.msgid) for loss in conversion.losses}

    assert told >= {
        ("Q1", "Its markup is left out: texts are plain."),
        ("Q5", "Its condition is not carried over: %(text)s"),
        ("Q7", "Each of its boxes is a question of its own."),
        ("Q9", "“%(kind)s” cannot be asked here; it is left out."),
        ("Q10", "The equations in its text are left out."),
        ("privacy", "The file does not say this; rewrite what stands there."),
    }


def test_both_versions_give_the_same_valid_draft() -> None:
    old, new = (read_lss(survey(is_new=is_new)) for is_new in (False, True))

    assert carried(old.question_set) == carried(new.question_set)
    assert inspect_question_set(write_question_set(new.question_set)).errors == ()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<document>",
        b"<document/>",
        b"\xff\xfe\x00",
        b'<!DOCTYPE d [<!ENTITY a "b">]><document>&a;</document>',
        b"<document><LimeSurveyDocType>Label set</LimeSurveyDocType></document>",
    ],
)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        read_lss(content)
