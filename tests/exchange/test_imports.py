"""Files as other people write them, not as we do."""

import json

import pytest

from survey_app.exchange.surveyjs.reading import read_surveyjs
from survey_app.exchange.xlsform.reading import read_xlsform
from survey_app.questionnaires.question_set import QuestionType
from survey_app.questionnaires.reading import inspect_question_set
from survey_app.questionnaires.writing import write_question_set
from survey_app.questionnaires.writing.conditions import written_condition
from tests.exchange.test_hostile_files import workbook


def test_xlsform_of_others_becomes_a_valid_draft() -> None:
    content = workbook(
        survey=[
            ["type", "name", "label", "label::Nederlands (nl)", "relevant", "required"],
            ["start", "start", "", "", "", ""],
            ["begin group", "visit", "Your visit", "Uw bezoek", "", ""],
            ["select_one how or_other", "How_Found", "How?", "Hoe?", "", "yes"],
            ["integer", "days", "Days", "Dagen", "${How_Found} = 'Web'", ""],
            ["end group", "", "", "", "", ""],
            ["geopoint", "where", "Where", "Waar", "", ""],
            ["begin repeat", "child", "Child", "Kind", "", ""],
            ["text", "kid", "Name", "Naam", "", ""],
            ["end repeat", "", "", "", "", ""],
            ["calculate", "sum", "", "", "", ""],
        ],
        choices=[
            ["list_name", "name", "label", "label::Nederlands (nl)"],
            ["how", "Web", "Website", "Website"],
            ["how", "shop", "Shop", "Winkel"],
        ],
        settings=[["form_title", "form_id"], ["Bezoek", "visit 2026"]],
    )

    conversion = read_xlsform(content)

    question_set = conversion.question_set
    found = question_set.questions["how_found"]
    assert question_set.id == "visit-2026"
    assert found.title == {"en": "How?", "nl": "Hoe?"}
    assert (found.codes, found.required) == (("web", "shop", "other"), True)
    assert found.option("other") is not None
    assert [page.id for page in question_set.pages] == ["how_found", "days", "child"]
    assert written_condition(question_set.pages[1].show_if) == {
        "eq": [{"answer": "how_found"}, "web"]
    }
    places = {loss.place for loss in conversion.losses}
    assert {"where", "child", "sum", "visit", "How_Found", "how: Web"} <= places
    assert inspect_question_set(write_question_set(question_set)).errors == ()


def test_surveyjs_of_others_becomes_a_valid_draft() -> None:
    survey = {
        "title": "NPS",
        "elements": [
            {
                "type": "rating",
                "name": "nps-score",
                "title": "How likely are you to recommend us?",
                "rateCount": 11,
                "rateMin": 0,
                "rateMax": 10,
            },
            {
                "type": "checkbox",
                "name": "features",
                "visibleIf": "{nps-score} >= 9",
                "title": {"default": "Which?", "nl": "Welke?", "de": "Welche?"},
                "choices": ["Speed", {"value": "ease", "text": "Ease of use"}],
                "showOtherItem": True,
                "showNoneItem": True,
            },
            {
                "type": "panel",
                "name": "more",
                "visibleIf": "{features} contains 'Speed' and {nps-score} notempty",
                "elements": [
                    {"type": "comment", "name": "why", "title": "Why {features}?"},
                    {"type": "signaturepad", "name": "sign"},
                ],
            },
            {"type": "text", "name": "age", "visibleIf": "age({birth}) > 3"},
        ],
    }

    conversion = read_surveyjs(json.dumps(survey).encode())

    question_set = conversion.question_set
    questions = question_set.questions
    shown = {page.id: written_condition(page.show_if) for page in question_set.pages}
    assert question_set.languages == ("en", "nl")
    assert questions["nps_score"].type is QuestionType.SCALE
    assert questions["features"].title == {"en": "Which?", "nl": "Welke?"}
    assert questions["features"].codes == ("speed", "ease", "none", "other")
    assert questions["why"].title["en"] == "Why {features|…}?"
    assert shown["features"] == {"ge": [{"answer": "nps_score"}, 9]}
    assert shown["why"] == {
        "and": [
            {"any_in": [{"answer": "features"}, ["speed"]]},
            {"answered": "nps_score"},
        ]
    }
    places = {loss.place for loss in conversion.losses}
    assert {"sign", "age", "nps-score", "features: Speed", ""} <= places
    assert inspect_question_set(write_question_set(question_set)).errors == ()


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\x7f", "\x85"])
def test_characters_that_nobody_can_read_stay_behind(sign: str) -> None:
    title = f"Hoe{sign} ging\thet?"
    survey = {
        "title": f"Vra{sign}gen",
        "elements": [
            {"type": "text", "name": "q1", "title": title},
            {"type": "radiogroup", "name": "q2", "choices": [f"a{sign}", "b"]},
        ],
    }

    conversion = read_surveyjs(json.dumps(survey).encode())

    question_set = conversion.question_set
    assert question_set.questions["q1"].title["en"] == "Hoe ging het?"
    assert question_set.questions["q2"].options[0].label["en"] == "a"
    assert question_set.title["en"] == "Vragen"
    assert "q1: Characters that nobody can read are left out." in map(
        str, conversion.losses
    )
    assert inspect_question_set(write_question_set(question_set)).errors == ()
