"""Real peers: pyxform takes our XLSForm, survey-core our JSON, and we take theirs."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from pyxform.xls2xform import convert  # type: ignore[import-untyped] # has none

from survey_app.exchange.surveyjs.reading import read_surveyjs
from survey_app.exchange.surveyjs.writing import write_surveyjs
from survey_app.exchange.xlsform.writing import write_xlsform
from survey_app.questionnaires.reading import shipped_question_set
from tests.exchange.comparing import as_written, carried
from tests.exchange.survey_core import asked_of
from tests.questionnaires.builders import EVERY_KIND, EVERY_TYPE

SOURCES = [
    pytest.param(shipped_question_set("standard_v1.toml"), id="standard"),
    pytest.param(EVERY_KIND, id="every_kind"),
    pytest.param(EVERY_TYPE, id="every_type"),
]


@pytest.mark.parametrize("source", SOURCES)
def test_pyxform_takes_our_xlsform_without_a_warning(source: str) -> None:
    content, _losses = write_xlsform(as_written(source))
    warnings: list[str] = []

    form = convert(BytesIO(content), validate=False, warnings=warnings).xform

    assert warnings == []
    assert "Nederlands (nl)" in form
    assert "English (en)" in form


@pytest.mark.parametrize("source", SOURCES)
def test_survey_core_takes_our_json_and_we_take_what_it_makes_of_it(
    survey_core: Path, source: str
) -> None:
    question_set = as_written(source)
    content, _losses = write_surveyjs(question_set)

    told = asked_of(survey_core, json.loads(content), {})
    back = read_surveyjs(json.dumps(told["json"]).encode())

    assert told["errors"] == []
    assert carried(back.question_set) == carried(question_set)


def test_survey_core_follows_our_conditions(survey_core: Path) -> None:
    content, _losses = write_surveyjs(as_written(EVERY_TYPE))
    survey = json.loads(content)
    answers = {
        "important": ["quality", "price"],
        "reason": "other",
        "service": {"speed": 5},
    }

    without = asked_of(survey_core, survey, {})["pages"]
    told = asked_of(survey_core, survey, answers)

    assert ("more" in without, "more" in told["pages"]) == (False, True)
    assert told["words"]["service"].strip() == "How was our service?"
