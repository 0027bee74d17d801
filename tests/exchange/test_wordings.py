"""A question in other words for other answers, as the tools it goes to show it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from survey_app.exchange.markers import ONE_LEFT_OUT
from survey_app.exchange.surveyjs.writing import write_surveyjs
from survey_app.exchange.xlsform.writing import LANGUAGE_NAMES, write_xlsform
from survey_app.questionnaires.question_set import Question, QuestionSet
from survey_app.questionnaires.reading import shipped_question_set
from survey_app.questionnaires.rules import META, Answers, referred
from tests.exchange.comparing import (
    as_written,
    is_lost_on_the_way,
    is_said,
    shown_for,
    words,
)
from tests.exchange.survey_core import asked_of
from tests.exchange.xform import XForm
from tests.questionnaires.builders import EVERY_KIND
from tests.questionnaires.strategies import answers_to, question_sets

STANDARD = shipped_question_set("standard_v1.toml")
SLOW = settings(
    derandomize=True,
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],  # a smaller example is not worth hundreds of processes
    suppress_health_check=list(HealthCheck),  # the folder is the same for all
)


@pytest.mark.parametrize(
    ("bought", "deciding_factor", "why_us"),
    [
        (
            "bought",
            ("Wat gaf de doorslag om te kopen?", "What made you decide to buy?"),
            ("Waarom heeft u voor ons gekozen?", "Why did you choose us?"),
        ),
        (
            "not_yet",
            (
                "Wat houdt u nog tegen om te kopen?",
                "What is still keeping you from buying?",
            ),
            ("Wanneer zou u wel voor ons kiezen?", "What would make you choose us?"),
        ),
        (
            None,
            (
                "Wat gaf de doorslag om wel of niet te kopen?",
                "What made you decide to buy, or not to buy?",
            ),
            ("Waarom heeft u voor ons gekozen?", "Why did you choose us?"),
        ),
    ],
)
def test_survey_core_asks_buyers_and_others_in_their_own_words(
    survey_core: Path,
    bought: str | None,
    deciding_factor: tuple[str, str],
    why_us: tuple[str, str],
) -> None:
    content, _losses = write_surveyjs(as_written(STANDARD))
    answers = {} if bought is None else {"q6_bought": bought}

    for place, locale in enumerate(("nl", "en")):
        told = asked_of(survey_core, json.loads(content), answers, locale)

        assert told["words"]["q6_deciding_factor"].startswith(deciding_factor[place])
        assert told["words"]["q8_why_us"].startswith(why_us[place])
        assert told["errors"] == []


@SLOW
@given(data=st.data(), question_set=question_sets())
def test_survey_core_words_any_question_as_we_do(
    survey_core: Path, data: st.DataObject, question_set: QuestionSet
) -> None:
    content, losses = write_surveyjs(question_set)
    answers = data.draw(answers_to(question_set))
    locale = data.draw(st.sampled_from(question_set.languages))

    told = asked_of(survey_core, json.loads(content), as_data(answers), locale)

    left_out = {loss.place for loss in losses if loss.sentence == ONE_LEFT_OUT}
    for question in question_set.questions.values():
        whens = [variant.when for variant in question.variants]
        if question.id in left_out or any(
            is_lost_on_the_way(when, question_set) for when in whens
        ):
            continue
        title, hint = shown_for(question, answers)
        said = f"{title[locale]} {hint.get(locale, '')}".strip()
        shown = told["words"][question.id].replace("<small>", " <small>")
        found = words({locale: shown})[locale]
        assert is_said(said, found), (said, found)


def as_data(answers: Answers) -> dict[str, Any]:
    """Answers as SurveyJS keeps them: those to the rows of a matrix together."""
    data: dict[str, Any] = {}
    for name, value in answers.items():
        question_id, _, row = name.partition("__")
        if row:
            code = f"{value:g}" if isinstance(value, float) else value
            data.setdefault(question_id, {})[row] = code
        elif not name.startswith(META):
            data[name] = value
    return data


@pytest.mark.parametrize("name", ["standard", "after_purchase", "after_contact"])
def test_the_form_of_pyxform_words_a_question_as_we_do(name: str) -> None:
    question_set = as_written(shipped_question_set(f"{name}_v1.toml"))
    content, _losses = write_xlsform(question_set)
    seen = set()

    for question in question_set.questions.values():
        for answers in answers_it_looks_at(question, question_set):
            form = XForm(content)
            form.fill_in(answers)
            title, hint = shown_for(question, answers)
            for language, column in LANGUAGE_NAMES.items():
                assert is_said(title[language], form.says(question.id, "label", column))
                assert is_said(
                    hint.get(language, ""), form.says(question.id, "hint", column)
                )
            seen.add(title["nl"])

    assert len(seen) > len([q for q in question_set.questions.values() if q.variants])


def test_a_text_with_any_quotes_comes_through_pyxform() -> None:
    """It puts straight quotes in the place of typographic ones."""
    said = r"""Fijn: foto’s én \"video’s\", 'ze' “zeiden” het"""
    source = EVERY_KIND.replace("Fijn dat het makkelijk was", said)
    content, _losses = write_xlsform(as_written(source))
    form = XForm(content)

    form.fill_in({"ease": 5.0})

    assert form.says("words", "label", LANGUAGE_NAMES["nl"]) == (
        "Fijn: foto's én \"video's\", 'ze' \"zeiden\" het"
    )


def answers_it_looks_at(
    question: Question, question_set: QuestionSet
) -> Iterator[Answers]:
    """Nothing, and each option of what its wordings look at."""
    looked_at = {name for part in question.variants for name in referred(part.when)}
    for name in looked_at:
        asked = question_set.questions[name]
        yield {}
        for code in asked.codes:
            yield {name: float(code) if asked.is_numeric else code}
