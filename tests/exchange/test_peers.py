"""Real peers: pyxform takes our XLSForm, survey-core our JSON, and we take theirs."""

import json
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyxform.xls2xform import convert  # type: ignore[import-untyped] # has none

from survey_app.exchange.surveyjs.reading import read_surveyjs
from survey_app.exchange.surveyjs.writing import write_surveyjs
from survey_app.exchange.xlsform.writing import write_xlsform
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import (
    inspect_question_set,
    shipped_question_set,
)
from tests.exchange.comparing import carried
from tests.questionnaires.builders import EVERY_KIND, EVERY_TYPE

SURVEY_CORE = "survey-core@3.1.1"
SOURCES = [
    pytest.param(shipped_question_set("standard_v1.toml"), id="standard"),
    pytest.param(EVERY_KIND, id="every_kind"),
    pytest.param(EVERY_TYPE, id="every_type"),
]
# Loads a survey as a page would, answers it, and says it in its own words.
SCRIPT = """
const { Model } = require("survey-core");
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const survey = new Model(given.survey);
survey.data = given.answers;
survey.locale = "en";
process.stdout.write(JSON.stringify({
  errors: (survey.jsonErrors || []).map((error) => error.message),
  json: survey.toJSON(),
  pages: survey.visiblePages.map((page) => page.name),
  titles: survey.getAllQuestions().map((question) => question.title),
}));
"""


def as_written(source: str) -> QuestionSet:
    question_set = inspect_question_set(source).question_set
    assert question_set is not None
    return question_set


@pytest.mark.parametrize("source", SOURCES)
def test_pyxform_takes_our_xlsform_without_a_warning(source: str) -> None:
    content, _losses = write_xlsform(as_written(source))
    warnings: list[str] = []

    form = convert(BytesIO(content), validate=False, warnings=warnings).xform

    assert warnings == []
    assert "Nederlands (nl)" in form
    assert "English (en)" in form


@pytest.fixture(scope="session")
def survey_core() -> Path:
    """The folder with the package from npm, fetched once for all runs."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("no Node.js with npm on this machine")
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = cache / "klantreis-tests" / SURVEY_CORE
    if not (folder / "node_modules" / "survey-core").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        command = ["npm", "install", "--no-audit", "--no-fund", SURVEY_CORE]
        try:
            subprocess.run(  # noqa: S603 - npm, with arguments of our own
                command, cwd=folder, check=True, capture_output=True, timeout=120
            )
        except (subprocess.SubprocessError, OSError):
            pytest.skip(f"npm could not install {SURVEY_CORE}")
    return folder


def shown(folder: Path, survey: object, answers: object) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own script
        ["node", "-e", SCRIPT],  # noqa: S607 - found in the fixture
        cwd=folder,
        input=json.dumps({"survey": survey, "answers": answers}),
        text=True,
        capture_output=True,
        check=True,
        timeout=60,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("source", SOURCES)
def test_survey_core_takes_our_json_and_we_take_what_it_makes_of_it(
    survey_core: Path, source: str
) -> None:
    question_set = as_written(source)
    content, _losses = write_surveyjs(question_set)

    told = shown(survey_core, json.loads(content), {})
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

    without = shown(survey_core, survey, {})["pages"]
    told = shown(survey_core, survey, answers)

    assert ("more" in without, "more" in told["pages"]) == (False, True)
    assert "How was our service?" in told["titles"]
