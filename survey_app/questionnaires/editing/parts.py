"""The parts of a draft, which may be any shape: what is not there reads as empty."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey_app.questionnaires.document import Data
from survey_app.questionnaires.texts import CONTROL_CHARACTERS
from survey_app.web.locale import LANGUAGES

Values = Any  # a posted form: a MultiDict, read by get and getlist


class NoSuchPartError(LookupError):
    """A page or question that the draft does not have (any more)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A question by the numbers of its page and of itself, counted from one."""

    page: int
    question: int


def tables_in(table: Mapping[str, Any], key: str) -> list[Data]:
    found = table.get(key)
    if isinstance(found, list) and all(isinstance(each, dict) for each in found):
        return found
    return []


def languages_of(data: Data) -> tuple[str, ...]:
    written = data.get("languages")
    known = (
        [name for name in written or () if name in LANGUAGES]
        if isinstance(written, list)
        else []
    )
    return tuple(dict.fromkeys(known)) or tuple(LANGUAGES)


def page_at(data: Data, number: int) -> Data:
    pages = tables_in(data, "pages")
    if not 1 <= number <= len(pages):
        raise NoSuchPartError(f"page {number}")
    return pages[number - 1]


def question_at(data: Data, place: Place) -> Data:
    questions = tables_in(page_at(data, place.page), "questions")
    if not 1 <= place.question <= len(questions):
        raise NoSuchPartError(f"question {place}")
    return questions[place.question - 1]


def each_question(data: Data) -> Iterator[tuple[Place, Data]]:
    for page_number, page in enumerate(tables_in(data, "pages"), 1):
        for number, question in enumerate(tables_in(page, "questions"), 1):
            yield Place(page_number, number), question


def text_of(value: object, language: str) -> str:
    """A text in a language, or nothing; one text for all languages is in each."""
    if isinstance(value, str):
        return value
    said = value.get(language) if isinstance(value, Mapping) else None
    return said if isinstance(said, str) else ""


def title_of(part: Data, language: str) -> str:
    """What a page or question is called: its title, or else its id."""
    title = text_of(part.get("title"), language)
    others = part.get("title")
    if not title and isinstance(others, Mapping):
        title = next((str(text) for text in others.values() if text), "")
    return title or str(part.get("id") or "")


def cleaned(text: object) -> str:
    """One text of a form: composed letters, plain line ends, no control characters."""
    composed = unicodedata.normalize("NFC", str(text or "")).replace("\r\n", "\n")
    return CONTROL_CHARACTERS.sub("", composed).strip()


def put(table: Data, key: str, value: Any) -> None:  # noqa: ANN401 - anything a file can hold
    """Write what is new and leave out what is empty; the same stays as it was."""
    old = table.get(key)
    if isinstance(old, str) and isinstance(value, str) and old.strip() == value:
        return
    if value:
        table[key] = value
    elif old is not False:
        table.pop(key, None)


def put_texts(
    table: Data, key: str, form: Values, name: str, languages: Sequence[str]
) -> None:
    """The boxes ``name.nl`` and ``name.en`` as the texts of a key."""
    boxes = {each: form.get(f"{name}.{each}") for each in languages}
    posted = {each: text for each, text in boxes.items() if text is not None}
    if not posted:
        return
    old = table.get(key)
    texts = dict(old) if isinstance(old, dict) else {}
    for language, text in posted.items():
        put(texts, language, cleaned(text))
    put(table, key, texts)


def put_number(table: Data, key: str, form: Values, name: str) -> None:
    """A whole number; what is none stays as typed, for the validator to speak of."""
    if form.get(name) is None:
        return
    text = cleaned(form.get(name))
    whole = re.fullmatch(r"-?\d{1,12}", text, re.ASCII)
    value = int(text) if whole else text
    if value == "":
        table.pop(key, None)
    else:
        table[key] = value
