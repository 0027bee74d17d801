"""A draft in order: its pages and questions, moved, added and taken out."""

from survey_app.questionnaires.document import Data
from survey_app.questionnaires.editing.asked_before import asked_before
from survey_app.questionnaires.editing.lists import Press, free_name, rearrange
from survey_app.questionnaires.editing.parts import (
    NoSuchPartError,
    Place,
    Values,
    cleaned,
    each_question,
    languages_of,
    page_at,
    put,
    put_number,
    put_texts,
    question_at,
    tables_in,
)
from survey_app.questionnaires.editing.rule_form import put_rule
from survey_app.questionnaires.question_set import QuestionType

MAX_PAGES = 200


def apply_outline(data: Data, press: Press) -> Place | None:
    """Do what a button of the outline says; the question to go on with, if any."""
    pages = tables_in(data, "pages")
    match press.verb, press.what.split("."):
        case "up" | "down" | "remove", ["pages"]:
            rearrange(pages, press)
        case "up" | "down" | "remove", ["pages", number]:
            _rearrange_questions(pages, _number(number), press)
        case "add", ["question"]:
            return _add_question(data, press.place)
        case "add", ["page"] if len(pages) < MAX_PAGES:
            return _add_page(data)
        case "copy", ["pages", number]:
            return _copy_question(data, Place(_number(number), press.place + 1))
        case "move", ["pages", number]:
            _to_other_page(data, Place(_number(number), press.place + 1))
    return None


def apply_page_form(page: Data, form: Values, data: Data, number: int) -> None:
    languages = languages_of(data)
    put(page, "id", cleaned(form.get("id")))
    put_texts(page, "title", form, "title", languages)
    put_number(page, "number", form, "number")
    earlier = asked_before(data, Place(number, 0), languages[0])
    put_rule(page, "show_if", form, name="show_if", types=earlier.types)


def _rearrange_questions(pages: list[Data], number: int, press: Press) -> None:
    """A question moves within its page, and past its end to the next page."""
    if not 1 <= number <= len(pages):
        raise NoSuchPartError(f"page {number}")
    questions = tables_in(pages[number - 1], "questions")
    at_an_end = {"up": 0, "down": len(questions) - 1}.get(press.verb)
    other = number + {"up": -1, "down": 1}.get(press.verb, 0)
    if at_an_end != press.place or not 1 <= other <= len(pages):
        rearrange(questions, press)
        return
    neighbours = tables_in(pages[other - 1], "questions")
    moved = questions.pop(press.place)
    neighbours.insert(len(neighbours) if press.verb == "up" else 0, moved)
    pages[other - 1]["questions"] = neighbours
    if not questions:
        del pages[number - 1]


def _add_question(data: Data, page_number: int) -> Place:
    page = page_at(data, page_number)
    questions = [*tables_in(page, "questions"), _new_question(data)]
    page["questions"] = questions
    return Place(page_number, len(questions))


def _add_page(data: Data) -> Place:
    pages = tables_in(data, "pages")
    taken = {str(page.get("id")) for page in pages}
    page = {"id": free_name(taken, "page"), "questions": [_new_question(data)]}
    data["pages"] = [*pages, page]
    return Place(len(pages) + 1, 1)


def _copy_question(data: Data, place: Place) -> Place:
    """The same again, under an id of its own, right after it."""
    question = question_at(data, place)
    questions = tables_in(page_at(data, place.page), "questions")
    taken = {str(each.get("id")) for _, each in each_question(data)}
    new_id = free_name(taken, str(question.get("id") or "question")[:45])
    questions.insert(place.question, {**question, "id": new_id})
    return Place(place.page, place.question + 1)


def _to_other_page(data: Data, place: Place) -> None:
    """A question gets a page of its own, after the one it was on."""
    question = question_at(data, place)
    pages = tables_in(data, "pages")
    questions = tables_in(pages[place.page - 1], "questions")
    if len(questions) < 2:  # noqa: PLR2004 - it has a page of its own already
        return
    questions.remove(question)
    taken = {str(page.get("id")) for page in pages}
    page = {"id": free_name(taken, "page"), "questions": [question]}
    pages.insert(place.page, page)


def _new_question(data: Data) -> Data:
    return {
        "type": str(QuestionType.TEXT_LONG),
        "title": dict.fromkeys(languages_of(data), ""),
    }


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 4:  # noqa: PLR2004 - no list is longer
        raise NoSuchPartError(text)
    return int(text)
