"""What stands in a posted form, and stored answers as the form that would post them."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from survey_app.questionnaires.question_set import (
    PICK_ONE_TYPES,
    TEXT_TYPES,
    Page,
    Question,
    QuestionType,
)
from survey_app.responses.answer_text import clean_text
from survey_app.responses.dates import InvalidDateError, read_date
from survey_app.responses.numbers import InvalidNumberError, read_number
from survey_app.responses.said import NOTHING, Said

FormValues = MultiDict[str, str] | ImmutableMultiDict[str, str]

CONSENT = "consent"  # the box beside the notice
PLACED = ":"  # a ranking posts "price:2": that option, at that place


def answer_field(question: Question) -> str:
    """No name that WTForms keeps for itself begins like this."""
    return f"answer_{question.id}"


def detail_field(question: Question) -> str:
    return f"detail_{question.id}"


def said_in(values: FormValues, page: Page) -> dict[str, Said]:
    """What was posted, valid or not; unknown options are left out."""
    return {part.id: _said(values, part) for part in page.parts}


def as_posted(page: Page, said: Mapping[str, Said]) -> MultiDict[str, str]:
    """Stored answers as the form that would post them."""
    values: MultiDict[str, str] = MultiDict()
    for part in page.parts:
        answer = said.get(part.id, NOTHING)
        values.setlist(answer_field(part), list(_fillings(part, answer)))
        if answer.text and part.written is not None:
            values[detail_field(part)] = answer.text
    return values


def places(ticked: list[str], question: Question) -> list[tuple[int, str]]:
    """The places given to options, best first; what cannot be read is left out."""
    order = {code: number for number, code in enumerate(question.codes)}
    given: dict[str, int] = {}
    for value in ticked:
        code, _colon, place = value.rpartition(PLACED)
        if code in order and place.isdecimal() and len(place) <= len(str(len(order))):
            given[code] = int(place)
    return sorted(
        ((place, code) for code, place in given.items()),
        key=lambda item: (item[0], order[item[1]]),
    )


def _fillings(question: Question, said: Said) -> Iterator[str]:
    if question.type is QuestionType.RANKING:
        for place, code in enumerate(said.codes, start=1):
            yield code if PLACED in code else f"{code}{PLACED}{place}"
    elif question.options:
        yield from said.codes
    elif question.type is QuestionType.EMAIL:  # its code says only that there is one
        yield from filter(None, (said.text,))
    elif written := said.text or "".join(said.codes):
        yield written


def _said(values: FormValues, question: Question) -> Said:
    read = READERS.get(question.type)
    written = values.getlist(answer_field(question))
    if read is not None:
        return read(clean_text(written[0] if written else None))
    if question.type is QuestionType.RANKING:
        return _ranked(places(written, question))
    return _ticked(question, written, clean_text(values.get(detail_field(question))))


def _ranked(given: Sequence[tuple[int, str]]) -> Said:
    """An order; two answers at one place are none, and are kept as they were given."""
    if len({place for place, _code in given}) == len(given):
        return Said(tuple(code for _place, code in given))
    return Said(tuple(f"{code}{PLACED}{place}" for place, code in given))


def _ticked(question: Question, codes: list[str], text: str | None) -> Said:
    ticked = set(codes)
    kept = tuple(code for code in question.codes if code in ticked)
    if question.type in PICK_ONE_TYPES:
        kept = kept[:1]
    option = question.detailed
    if option is None:
        return Said(kept, text if question.detail is not None else None)
    if text is not None and not kept:  # who writes beside "other" means "other"
        kept = (option.code,)
    return Said(kept, text if option.code in kept else None)


def _text(text: str | None) -> Said:
    return Said(text=text)


def _number(text: str | None) -> Said:
    """A number as a code; what is no number is kept as it was typed."""
    if text is None:
        return NOTHING
    try:
        return Said((read_number(text),))
    except InvalidNumberError:
        return Said(text=text)


def _date(text: str | None) -> Said:
    """Likewise, a day as the calendar of computers writes it."""
    if text is None:
        return NOTHING
    try:
        return Said((read_date(text),))
    except InvalidDateError:
        return Said(text=text)


READERS: Mapping[QuestionType, Callable[[str | None], Said]] = {
    **dict.fromkeys(TEXT_TYPES, _text),
    QuestionType.EMAIL: _text,
    QuestionType.NUMBER: _number,
    QuestionType.DATE: _date,
}
