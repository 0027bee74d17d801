"""What changed around the questions: pages, conditions, settings, texts."""

from collections.abc import Iterator
from dataclasses import fields

from survey_app.questionnaires.problems import Message
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import (
    Page,
    QuestionSet,
    QuestionSetSettings,
    Retention,
)

TEXTS = (
    "languages",
    "title",
    "organisation",
    "contact",
    "minutes",
    "notice",
    "privacy",
    "consent",
    "thanks_title",
    "thanks_text",
    "touchpoints",
)


def frame_changes(before: QuestionSet, after: QuestionSet) -> Iterator[Message]:
    for name in TEXTS:
        if getattr(before, name) != getattr(after, name):
            yield _("“%(name)s” changed.", name=name)
    yield from _settings(before.settings, after.settings)
    yield from _pages(before, after)


def _settings(
    before: QuestionSetSettings | Retention, after: QuestionSetSettings | Retention
) -> Iterator[Message]:
    for each in fields(before):
        old, new = getattr(before, each.name), getattr(after, each.name)
        if isinstance(old, Retention):
            yield from _settings(old, new)
        elif old != new:
            yield _(
                "The setting “%(name)s” was %(before)s and is %(after)s.",
                name=each.name,
                before=_written(old),
                after=_written(new),
            )


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value) or "–"
    if value is None:
        return "–"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _pages(before: QuestionSet, after: QuestionSet) -> Iterator[Message]:
    old = {page.id: page for page in before.pages}
    new = {page.id: page for page in after.pages}
    for name in new.keys() - old.keys():
        yield _("The page “%(page)s” is new.", page=name)
    for name in old.keys() - new.keys():
        yield _("The page “%(page)s” is gone.", page=name)
    shared = [name for name in new if name in old]
    if shared != [name for name in old if name in new]:
        yield _("The pages are in a different order.")
    for name in shared:
        yield from _page(old[name], new[name])


def _page(before: Page, after: Page) -> Iterator[Message]:
    if before.show_if != after.show_if:
        yield _(
            "The page “%(page)s” is shown to different people (show_if).", page=after.id
        )
    if (before.title, before.number) != (after.title, after.number):
        yield _("The page “%(page)s” has a different heading or number.", page=after.id)
    asked = [question.id for question in after.questions]
    if [question.id for question in before.questions] != asked:
        yield _("The page “%(page)s” has different questions.", page=after.id)
