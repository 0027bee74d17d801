"""A question set made of what a file of another format holds.

Ids and codes take our form, questions with a condition of their own get a page of
their own, and what a respondent must be told but the file does not say is filled in
with words to be rewritten.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from survey_app.exchange.losses import Loss, Losses
from survey_app.exchange.speech import Speech
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Page,
    PrivacyMode,
    Question,
    QuestionSet,
    QuestionSetSettings,
    QuestionType,
    Texts,
)
from survey_app.questionnaires.reading import SLUG, VERSION
from survey_app.questionnaires.rules import Combination, Condition
from survey_app.questionnaires.vocabulary import RESERVED_PAGE_IDS

MAX_NAME = 45
DEFAULTS: dict[str, Texts] = {
    "title": {"nl": "Vragenlijst", "en": "Questionnaire"},
    "notice": {
        "nl": "Meedoen is vrijwillig en u kunt elke vraag overslaan.",
        "en": "Taking part is voluntary and you can skip any question.",
    },
    "privacy": {
        "nl": "Schrijf hier waarom u dit vraagt, wat u bewaart, hoe lang en voor wie.",
        "en": "Write here why you ask, what you keep, for how long, and who reads it.",
    },
    "thanks_title": {"nl": "Dank u wel", "en": "Thank you"},
    "thanks_text": {
        "nl": "Wij hebben uw antwoorden ontvangen.",
        "en": "We have received your answers.",
    },
}


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a file became, and what of it could not be carried over."""

    question_set: QuestionSet
    losses: tuple[Loss, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A question, and when it alone is asked."""

    question: Question
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What the file shows together."""

    id: str
    items: Sequence[Item]
    title: Texts | None = None
    when: Condition | None = None


@dataclass(slots=True)
class Names:
    """Gives names in our form, each once; says which ones changed."""

    losses: Losses
    taken: set[str] = field(default_factory=set)
    reserved: Collection[str] = frozenset()

    def take(self, wanted: str, *, otherwise: str = "q") -> str:
        name = free_name(as_name(wanted, otherwise), self.taken, self.reserved)
        self.taken.add(name)
        if name != wanted:
            self.losses.note(wanted, _("It is called %(name)s here.", name=name))
        return name


def as_name(wanted: str, otherwise: str = "q") -> str:
    """An id in our form: small letters, digits, single underscores."""
    name = (
        re.sub(r"[^a-z0-9]+", "_", wanted.casefold()).strip("_")[:MAX_NAME].strip("_")
    )
    if not name:
        return otherwise
    return name if name[0].isalpha() else f"{otherwise}_{name}"


def as_code(wanted: str) -> str:
    """A code may begin with a digit, as those of scales do."""
    return re.sub(r"[^a-z0-9]+", "_", wanted.casefold()).strip("_")[:MAX_NAME] or "x"


def free_name(
    wanted: str, taken: Collection[str], reserved: Collection[str] = frozenset()
) -> str:
    name, number = wanted, 1
    while name in taken or name in reserved:
        number += 1
        name = f"{wanted}_{number}"
    return name


def paged(groups: Sequence[Group], losses: Losses) -> tuple[Page, ...]:
    """Groups as pages; cut where questions have conditions of their own."""
    names = Names(Losses(), reserved=RESERVED_PAGE_IDS)
    pages = [page for group in groups for page in _pages(group, names, losses)]
    return tuple(pages)


def _pages(group: Group, names: Names, losses: Losses) -> Iterator[Page]:
    runs = list(_runs(group))
    if len(runs) > 1 and group.title is not None:
        losses.note(group.id, _("It is cut into %(count)s pages.", count=len(runs)))
    for when, questions in runs:
        whole = len(runs) == 1
        yield Page(
            id=names.take(group.id if whole else questions[-1].id, otherwise="page"),
            title=group.title if whole or len(questions) > 1 else None,
            show_if=both(group.when, when),
            questions=tuple(questions),
        )


def _runs(group: Group) -> Iterator[tuple[Condition | None, list[Question]]]:
    """Questions that are shown together: only a titled page holds several."""
    for when, items in groupby(group.items, key=lambda item: item.when):
        questions = [item.question for item in items]
        if group.title is not None:
            yield when, questions
        else:
            yield from ((when, [question]) for question in questions)


def both(one: Condition | None, other: Condition | None) -> Condition | None:
    if one is None or other is None:
        return one or other
    return Combination("and", (one, other))


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the questions: title, notice, privacy, thanks."""

    id: str
    version: str = ""
    texts: Mapping[str, Texts | None]


def drafted(
    frame: Frame, groups: Sequence[Group], speech: Speech, losses: Losses
) -> Conversion:
    texts: dict[str, Texts] = {}
    for name, usual in DEFAULTS.items():
        given = frame.texts.get(name)
        if given is None and name in {"notice", "privacy"}:
            losses.note(
                name, _("The file does not say this; rewrite what stands there.")
            )
        texts[name] = given or {code: usual[code] for code in speech.languages}
    pages = paged([group for group in groups if group.items], losses)
    question_set = QuestionSet(
        id=_slug(frame.id),
        version=frame.version if VERSION.fullmatch(frame.version) else "1.0.0",
        languages=speech.languages,
        pages=pages,
        settings=_settings(pages, losses),
        **texts,  # type: ignore[arg-type] # their names are those of the record
    )
    return Conversion(question_set, losses.all())


def _settings(pages: Sequence[Page], losses: Losses) -> QuestionSetSettings:
    """Who asks for an e-mail address knows who answers."""
    kinds = {question.type for page in pages for question in page.questions}
    if QuestionType.EMAIL not in kinds:
        return QuestionSetSettings()
    losses.note("settings", _("An e-mail address is asked, so it is not anonymous."))
    return QuestionSetSettings(privacy_mode=PrivacyMode.IDENTIFIED)


def _slug(wanted: str) -> str:
    slug = re.sub(r"[^a-z0-9_-]+", "-", wanted.casefold()).strip("-_")[:50]
    return slug if SLUG.fullmatch(slug) else "imported"
