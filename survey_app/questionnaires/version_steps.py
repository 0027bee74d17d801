"""From one version to a later one: each step as it was published, and all of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from survey_app.questionnaires.comparison.chain import Likeness, Step, chained
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.problems import Message
from survey_app.questionnaires.published import read_or_none
from survey_app.questionnaires.publishing import Change, changes_of
from survey_app.questionnaires.service import compare_with_earlier


@dataclass(frozen=True, slots=True)
class PublishedStep:
    """A version against the one before it."""

    version: QuestionnaireVersion
    is_readable: bool
    changes: tuple[Change, ...] = ()
    frame: tuple[Message, ...] = ()


def steps_between(
    versions: Sequence[QuestionnaireVersion], older: str, newer: str
) -> list[PublishedStep] | None:
    """The steps after ``older`` up to ``newer``, of versions with the newest first."""
    places = {version.version: place for place, version in enumerate(versions)}
    if older not in places or newer not in places:
        return None
    first, last = sorted((places[older], places[newer]))
    return [_step(versions, place) for place in reversed(range(first, last))]


def likeness_over(
    versions: Sequence[QuestionnaireVersion], older: str, newer: str
) -> list[Likeness]:
    """How far each question may be compared over all of these steps."""
    places = [n for n, each in enumerate(versions) if each.version in {older, newer}]
    chain = versions[min(places) : max(places) + 1]
    return list(chained([_link(version) for version in reversed(chain)]).values())


def _link(version: QuestionnaireVersion) -> Step:
    question_set = read_or_none(version)
    return Step(version.comparability, question_set.questions if question_set else {})


def _step(versions: Sequence[QuestionnaireVersion], place: int) -> PublishedStep:
    """As it was judged when it was published, with the reasons as they are told now."""
    version, earlier = versions[place], list(versions[place + 1 :])
    question_set = read_or_none(version)
    comparison = question_set and compare_with_earlier(earlier, question_set)
    if not question_set or not comparison:
        return PublishedStep(version, is_readable=False)
    stored = version.comparability
    changes = tuple(
        replace(change, what=str(stored.get(change.question_id, change.what)))
        for change in changes_of(earlier, comparison, question_set)
    )
    return PublishedStep(version, True, changes, comparison.frame)  # noqa: FBT003 - it was read
