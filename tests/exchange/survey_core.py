"""The real survey-core, from npm, asked what it makes of a survey."""

import json
import subprocess
from pathlib import Path
from typing import Any

SURVEY_CORE = "survey-core@3.1.1"
# Loads a survey as a page would, answers it, and says it in its own words.
SCRIPT = """
const { Model } = require("survey-core");
const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const survey = new Model(given.survey);
survey.data = given.answers;
survey.locale = given.locale;
process.stdout.write(JSON.stringify({
  errors: (survey.jsonErrors || []).map((error) => error.message),
  json: survey.toJSON(),
  pages: survey.visiblePages.map((page) => page.name),
  words: Object.fromEntries(survey.getAllQuestions().map((question) => [
    question.name,
    question.getType() === "html"
      ? question.processedHtml
      : question.locTitle.renderedHtml + " " + question.locDescription.renderedHtml,
  ])),
}));
"""


def asked_of(
    folder: Path, survey: object, answers: object, locale: str = "en"
) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own script
        ["node", "-e", SCRIPT],  # noqa: S607 - found in the fixture
        cwd=folder,
        input=json.dumps({"survey": survey, "answers": answers, "locale": locale}),
        text=True,
        capture_output=True,
        check=True,
        timeout=60,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told
