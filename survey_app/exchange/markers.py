"""How our questions look in formats that have no word for all of them.

Names hold a hyphen or a double underscore, which no id of ours does: what we wrote
ourselves is recognised when it comes back.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from survey_app.exchange.losses import Losses
from survey_app.questionnaires.piping import PLACEHOLDER, placeholders
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Option,
    Question,
    QuestionSet,
    QuestionSetSettings,
    Texts,
)
from survey_app.questionnaires.reading.options import (
    LONG_LENGTH,
    MAX_LENGTH,
    NPS_LABELS,
    NPS_POINTS,
    is_scale,
)

NOTICE, PRIVACY = "klantreis-notice", "klantreis-privacy"
THANKS_TITLE, THANKS_TEXT = "klantreis-thanks-title", "klantreis-thanks-text"
PAGE = "page-"
END = " – "  # between a point of a scale and what it means
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ONE_LEFT_OUT = _("One of its other wordings is left out: so is its condition.")
OTHERS_LEFT_OUT = _("Its other wordings are not carried over; only the first.")


def point_labels(question: Question) -> tuple[Option, ...]:
    """The options, those at the ends saying what the ends mean."""
    options = list(question.options)
    for place, ends in ((0, question.low_label), (-1, question.high_label)):
        if ends is not None and options:
            option = options[place]
            label = {k: f"{text}{END}{ends[k]}" for k, text in option.label.items()}
            options[place] = replace(option, label=label)
    return tuple(options)


def as_scale(
    options: Sequence[Option],
) -> tuple[tuple[Option, ...], Texts | None, Texts | None] | None:
    """Points with their ends, when options are nothing but numbers in a row."""
    codes = [option.code for option in options]
    if not is_scale(codes):
        return None
    bare, ends = [], []
    for place, option in enumerate(options):
        split = {k: text.partition(END) for k, text in option.label.items()}
        is_end = place in {0, len(options) - 1}
        if any(parts[0] != option.code for parts in split.values()):
            return None
        meaning = {k: parts[2] for k, parts in split.items()}
        if any(meaning.values()) and not (is_end and all(meaning.values())):
            return None
        ends.append(meaning if all(meaning.values()) else None)
        bare.append(Option(code=option.code, label=dict.fromkeys(split, option.code)))
    return tuple(bare), ends[0], ends[-1]


def is_recommendation(
    options: Sequence[Option], low: Texts | None, high: Texts | None
) -> bool:
    """Whether a scale is the one of recommending: from 0 to 10, with its usual ends."""
    first, last = NPS_POINTS
    codes = [option.code for option in options]
    return codes == [str(point) for point in range(first, last + 1)] and all(
        ends is not None and _is_usual(ends, key)
        for ends, key in ((low, "low_label"), (high, "high_label"))
    )


def note_what_stays_behind(question_set: QuestionSet, losses: Losses) -> None:
    """What no other tool knows: how we analyse, what we promise, how pages look."""
    if question_set.settings != QuestionSetSettings():
        losses.note("settings", _("Settings are not carried over."))
    for key in ("organisation", "contact", "consent", "minutes"):
        if getattr(question_set, key) is not None:
            losses.note(key, _("This is not carried over."))
    for page in question_set.pages:
        if page.number is not None:
            losses.note(page.id, _("The number of the page is not carried over."))
    for question in question_set.questions.values():
        _note_question(question, losses)


def _note_question(question: Question, losses: Losses) -> None:
    has_touchpoints = any(o.touchpoints for o in (*question.options, *question.rows))
    if question.analysis or question.trait or has_touchpoints:
        losses.note(
            question.id, _("What it means for the analysis is not carried over.")
        )
    if any(option.missing for option in (*question.options, *question.rows)):
        losses.note(
            question.id, _("Which options count as no answer is not carried over.")
        )


def without_fallback(text: str, reference: Callable[[str], str]) -> str:
    """Placeholders as another tool writes them, such as ``${question}``."""
    return PLACEHOLDER.sub(lambda found: reference(found[1]), text)


def for_xml(text: str) -> str:
    """Without the few characters that no XML file may hold."""
    return NOT_IN_XML.sub("", text)


def note_placeholders(texts: Mapping[str, str], place: str, losses: Losses) -> None:
    if any(
        placeholder.fallback
        for text in texts.values()
        for placeholder in placeholders(text)
    ):
        losses.note(
            place, _("What stands there without an answer is not carried over.")
        )


def length_of(limit: str | int | None, default: int = LONG_LENGTH) -> int:
    try:
        length = int(limit or default)
    except ValueError:
        return default
    return length if 0 < length <= MAX_LENGTH else default


def _is_usual(ends: Texts, key: str) -> bool:
    usual = NPS_LABELS[key]
    return all(usual.get(language) == text for language, text in ends.items())
