"""Who writes a questionnaire is told what is wrong, where, and what to do."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from flask import Flask
from wtforms import Form

from analysis.records import QuestionRole
from survey_app.questionnaires.problems import InvalidQuestionSetError
from survey_app.questionnaires.question_set import (
    QuestionSetSettings,
    QuestionType,
    Retention,
)
from survey_app.questionnaires.reading import (
    MAX_BYTES,
    inspect_question_set,
    read_published,
    read_question_set,
    shipped_question_set,
)
from survey_app.questionnaires.rules import COMPARISONS, META_NAMES
from survey_app.questionnaires.vocabulary import (
    FREE_ROLES,
    PHASES,
    RESERVED_PAGE_IDS,
    ROLES,
)
from survey_app.responses.forms import FIELD_BUILDERS
from survey_app.responses.posted import answer_field, detail_field
from tests.questionnaires.builders import EVERY_KIND, broken, every_kind

FILES = sorted((Path(__file__).parents[2] / "question_sets").glob("*_v*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_question_set_can_be_put_to_a_respondent(path: Path) -> None:
    question_set = read_question_set(path.read_text("utf-8"), path.name)

    assert path.stem.startswith(f"{question_set.id}_v")


SHIPPED = [path for path in FILES if path.stem != "standard_v1"]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_sets_ready_to_use_are_short_free_to_skip_and_analysed(path: Path) -> None:
    reading = inspect_question_set(path.read_text("utf-8"))

    assert reading.problems == ()
    assert reading.question_set is not None
    questions = reading.question_set.questions.values()
    assert 5 <= len(questions) <= 8
    assert not reading.question_set.has_required
    assert all(each.analysis and each.analysis.touchpoint_prior for each in questions)
    assert reading.question_set.languages == ("nl", "en")


def test_standard_set_asks_its_ten_questions_under_permanent_ids() -> None:
    question_set = read_question_set(shipped_question_set("standard_v1.toml"))

    assert list(question_set.questions) == [
        "q1_found_us",
        "q2_first_impression",
        "q3_found_what",
        "q4_interactions",
        "q5_time_on_site",
        "q5_time_felt",
        "q6_bought",
        "q6_deciding_factor",
        "q7_simpler",
        "q8_why_us",
    ]
    assert not question_set.has_required


def test_variants_change_the_words_by_what_was_answered() -> None:
    question_set = read_question_set(shipped_question_set("standard_v1.toml"))
    question = question_set.questions["q6_deciding_factor"]

    titles = [
        question.title_for(question.wording({"q6_bought": bought}))["en"]
        for bought in ("bought", "not_yet", "not_bought", None)
    ]

    assert titles == [
        "What made you decide to buy?",
        "What is still keeping you from buying?",
        "What made you decide not to buy?",
        "What made you decide to buy, or not to buy?",
    ]


def test_roles_are_those_of_the_analysis() -> None:
    assert {role.value for role in QuestionRole} == ROLES | FREE_ROLES


def test_every_type_that_is_answered_has_a_field() -> None:
    assert set(FIELD_BUILDERS) == set(QuestionType) - {QuestionType.INFO}


def test_no_question_can_take_a_name_that_wtforms_keeps() -> None:
    reserved = {name for name in dir(Form) if not name.startswith("_")}
    questions = every_kind().questions.values()
    fields = {answer_field(q) for q in questions} | {detail_field(q) for q in questions}

    assert not any(name.startswith(("answer_", "detail_")) for name in reserved)
    assert all(name.startswith(("answer_", "detail_")) for name in fields)


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        ("format = 1", "format = 2", "E_SCHEMA", "format"),
        ('id = "every_kind"', 'id = "Every Kind"', "E_SCHEMA", "id"),
        ('version = "1.0.0"', 'version = "one"', "E_SCHEMA", "version"),
        ("format = 1", "format = 1\ncolour = 2", "E_SCHEMA", "colour"),
        ('["nl", "en"]', '["nl", "fy"]', "E_UNKNOWN_LANG", "languages"),
        ('en = "Every kind"', 'fr = "Tout"', "E_MISSING_LANG", "title.en"),
        ('en = "Every kind"', 'en = " "', "E_EMPTY_TEXT", "title.en"),
        (
            '"text_short"',
            '"slider"',
            "E_UNKNOWN_TYPE",
            "pages[0].questions[0].type",
        ),
        ('id = "shop"', 'id = "Shop!"', "E_BAD_ID", "pages[0].questions[0].id"),
        ('id = "shop"', 'id = "shop__x"', "E_BAD_ID", "pages[0].questions[0].id"),
        ('id = "days"', 'id = "shop"', "E_DUP_ID", "pages[3].questions[1].id"),
        ('id = "last"', 'id = "name"', "E_DUP_ID", "pages[5].id"),
        ('id = "last"', 'id = "thanks"', "E_RESERVED_ID", "pages[5].id"),
        ('id = "shop"', 'id = "review"', "E_RESERVED_ID", "pages[0].questions[0].id"),
        (
            'code = "site"',
            'code = "shop"',
            "E_DUP_CODE",
            "pages[1].questions[0].options[1].code",
        ),
        (
            'nl = "Website"',
            'nl = "winkel"',
            "E_DUP_LABEL",
            "pages[1].questions[0].options[1].label.nl",
        ),
        (
            'answer = "returned"',
            'answer = "reutrned"',
            "E_UNKNOWN_REF",
            "pages[3].show_if",
        ),
        (
            'answer = "returned"',
            'answer = "ease"',
            "E_FORWARD_REF",
            "pages[3].show_if",
        ),
        (
            'ge = [{ answer = "ease" }, 4]',
            'answered = "words"',
            "E_UNKNOWN_REF",
            "pages[5].questions[0].variants[0].when",
        ),
        (
            'answer = "returned" }, "yes"',
            'answer = "returned" }, "maybe"',
            "E_VALUE_NOT_OPTION",
            "pages[3].show_if",
        ),
        (
            'eq = [{ answer = "returned" }, "yes"]',
            'gt = [{ answer = "returned" }, 1]',
            "E_TYPE_MISMATCH",
            "pages[3].show_if",
        ),
        ("{ eq = [", "{ like = [", "E_SCHEMA", "pages[3].show_if"),
        (
            'touchpoints = ["website"]',
            'touchpoints = ["wbsite"]',
            "E_TOUCHPOINT_UNKNOWN",
            "pages[1].questions[0].options[1].touchpoints",
        ),
        (
            'role = "interactions"',
            'role = "x"',
            "E_UNKNOWN_ROLE",
            "pages[3].questions[0].analysis.role",
        ),
        (
            'phase = "experience"',
            'phase = "x"',
            "E_UNKNOWN_PHASE",
            "pages[3].questions[0].analysis.phase",
        ),
        (
            "max_length = 10",
            "max_length = 0",
            "E_BAD_LENGTH",
            "pages[0].questions[0].max_length",
        ),
        (
            "required = true",
            "required = 1",
            "E_SCHEMA",
            "pages[0].questions[0].required",
        ),
        (
            "points = [1, 5]",
            "points = [1, 50]",
            "E_SCHEMA",
            "pages[4].questions[0].points",
        ),
        (
            'title = { nl = "Over het terugsturen", en = "About returning" }',
            "",
            "E_MISSING_TITLE",
            "pages[3]",
        ),
        ("format = 1", "format = ", "E_SCHEMA", ""),
    ],
)
def test_a_mistake_is_named_with_its_place(
    old: str, new: str, code: str, place: str
) -> None:
    with pytest.raises(InvalidQuestionSetError) as error:
        read_question_set(broken(old, new), "my_v1.toml")

    assert (code, place) in {(p.code, p.place) for p in error.value.problems}
    assert str(error.value).startswith("my_v1.toml:")


def test_no_page_can_take_an_address_of_ours(app: Flask) -> None:
    ours = {
        str(rule).rsplit("/", maxsplit=1)[-1]
        for rule in app.url_map.iter_rules()
        if str(rule).startswith("/r/<key>/<lang>/")
    }

    assert ours - {"", "<page_id>"} <= RESERVED_PAGE_IDS


def test_a_published_version_outlives_stricter_checks() -> None:
    source = broken('id = "last"', 'id = "thanks"')

    with pytest.raises(InvalidQuestionSetError):
        read_question_set(source)
    assert read_published(source, "version 1.0.0").page("thanks") is not None


def test_all_mistakes_are_told_at_once() -> None:
    source = broken('"text_short"', '"slider"').replace('en = "Every kind"', 'en = ""')

    with pytest.raises(InvalidQuestionSetError) as error:
        read_question_set(source)

    assert {problem.code for problem in error.value.problems} == {
        "E_UNKNOWN_TYPE",
        "E_EMPTY_TEXT",
    }


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    with pytest.raises(InvalidQuestionSetError) as error:
        read_question_set(EVERY_KIND + "#" * MAX_BYTES)

    assert [problem.code for problem in error.value.problems] == ["E_TOO_LARGE"]


def test_the_organisation_may_be_named_once_for_all_languages() -> None:
    question_set = read_question_set(f'organisation = "Schroef & Plank"\n{EVERY_KIND}')

    assert question_set.brand == {"nl": "Schroef & Plank", "en": "Schroef & Plank"}


README = (Path(__file__).parents[2] / "question_sets" / "README.md").read_text("utf-8")


EXAMPLE, *FRAGMENTS = [part.split("```")[0] for part in README.split("```toml\n")[1:]]


def test_example_in_the_readme_can_be_put_to_a_respondent() -> None:
    assert read_question_set(EXAMPLE).id == "after_delivery"


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda text: text.split("\n")[0])
def test_what_the_readme_adds_fits_under_its_example(fragment: str) -> None:
    assert read_question_set(EXAMPLE + fragment).id == "after_delivery"


def test_settings_in_the_readme_are_all_there_are_and_what_holds() -> None:
    settings = read_question_set(EXAMPLE + FRAGMENTS[0]).settings

    usual = replace(QuestionSetSettings(), prefill=settings.prefill)
    assert settings == replace(usual, embed_origins=settings.embed_origins)
    named = [
        field.name
        for kind in (QuestionSetSettings, Retention)
        for field in fields(kind)
    ]
    assert [name for name in named if name not in FRAGMENTS[0]] == []


@pytest.mark.parametrize(
    "words",
    [QuestionType, ROLES, PHASES, {*COMPARISONS, "not"}, {*META_NAMES} - {"language"}],
)
def test_readme_names_every_word_that_a_file_may_use(words: set[str]) -> None:
    assert [word for word in words if f"`{word}`" not in README] == []
