"""The eight steps of working with a customer journey, and where this workspace is."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import ngettext

ENOUGH_FOR_PERSONAS = 60  # people under which no personas can be told apart


class StepState(StrEnum):
    DONE = "done"
    BUSY = "busy"
    TODO = "todo"
    LATER = "later"  # its page does not exist yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """What the steps are judged by."""

    questionnaires: int  # open to respondents
    people: int  # who sent a response or were interviewed
    waves: int  # with responses
    unread: int  # texts still to be analysed
    personas: int
    derived: bool  # whether personas were looked for
    touchpoints: int  # with enough people to say something
    worst: str | None  # the touchpoint with the lowest mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    title: str
    state: StepState
    words: str
    endpoint: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextAction:
    """The one thing to do now; without an endpoint it is explained on the page."""

    title: str
    words: str
    endpoint: str | None = None
    touchpoint: str | None = None


def list_steps(workspace: Workspace) -> list[Step]:
    return [make(workspace) for make in STEPS]


def next_action(workspace: Workspace) -> NextAction:
    """The first thing that stands in the way of the rest."""
    for advise in ADVICE:
        action = advise(workspace)
        if action is not None:
            return action
    return _read_the_worst(workspace)


def _software(workspace: Workspace) -> Step:
    open_to_people = workspace.questionnaires > 0
    return Step(
        title=_("Software that makes it easy"),
        state=StepState.DONE if open_to_people else StepState.TODO,
        words=_("The questionnaire is open.")
        if open_to_people
        else _("No questionnaire is open yet."),
        endpoint="questionnaires.list_questionnaires",
    )


def _goals(_workspace: Workspace) -> Step:
    return Step(
        title=_("Clear goals"),
        state=StepState.LATER,
        words=_("Which need, and why this map."),
    )


def _profiles(workspace: Workspace) -> Step:
    found = workspace.personas
    state = StepState.TODO
    if workspace.people:
        state = StepState.DONE if workspace.derived else StepState.BUSY
    return Step(
        title=_("Customer profiles"),
        state=state,
        words=_persona_words(workspace, found),
        endpoint="personas.show",
    )


def _persona_words(workspace: Workspace, found: int) -> str:
    if found:
        words = ngettext("%(num)d persona", "%(num)d personas", found)
    elif workspace.derived:
        words = _("The answers point at one group of customers.")
    elif workspace.people < ENOUGH_FOR_PERSONAS:
        words = _(
            "%(people)d of the %(needed)d people that personas need",
            people=workspace.people,
            needed=ENOUGH_FOR_PERSONAS,
        )
    else:
        words = _("Enough people to look for personas.")
    return str(words)


def _touchpoints(workspace: Workspace) -> Step:
    found = workspace.touchpoints
    return Step(
        title=_("List of touchpoints"),
        state=_when(found, workspace),
        words=ngettext(
            "%(num)d touchpoint with enough customers to say something",
            "%(num)d touchpoints with enough customers to say something",
            found,
        ),
        endpoint="dashboard.touchpoints",
    )


def _current_journey(workspace: Workspace) -> Step:
    return Step(
        title=_("The current journey in one picture"),
        state=_when(workspace.touchpoints, workspace),
        words=_("The map draws itself from the answers."),
        endpoint="journeys.show",
    )


def _ideal_journey(_workspace: Workspace) -> Step:
    return Step(
        title=_("The ideal journey"),
        state=StepState.LATER,
        words=_("What it should become, beside what it is."),
    )


def _implement(_workspace: Workspace) -> Step:
    return Step(
        title=_("Improve"),
        state=StepState.LATER,
        words=_("Who does what, and by when."),
    )


def _keep_evaluating(workspace: Workspace) -> Step:
    waves = workspace.waves
    state = StepState.DONE if waves > 1 else StepState.BUSY if waves else StepState.TODO
    words = ngettext(
        "%(num)d wave with answers; two can be compared",
        "%(num)d waves with answers: compare them per touchpoint",
        waves,
    )
    return Step(
        title=_("Keep evaluating"),
        state=state,
        words=words if waves else _("No wave has answers yet."),
        endpoint="dashboard.touchpoints",
    )


def _when(found: int, workspace: Workspace) -> StepState:
    if found:
        return StepState.DONE
    return StepState.BUSY if workspace.people else StepState.TODO


def _publish(workspace: Workspace) -> NextAction | None:
    if workspace.questionnaires or workspace.people:
        return None
    return NextAction(
        title=_("Open the questionnaire"),
        words=_(
            "Eight questions are ready, in Dutch and English. "
            "Look them over, publish them, and share one address."
        ),
        endpoint="questionnaires.list_questionnaires",
    )


def _invite(workspace: Workspace) -> NextAction | None:
    if workspace.people:
        return None
    return NextAction(
        title=_("Share the questionnaire"),
        words=_("It is open. Send its address to customers: buyers and non-buyers."),
        endpoint="questionnaires.list_questionnaires",
    )


def _wait(workspace: Workspace) -> NextAction | None:
    if not workspace.unread or workspace.touchpoints:
        return None
    return NextAction(
        title=_("Wait a moment"),
        words=_("The first answers are being analysed. This page follows along."),
    )


def _ask_more(workspace: Workspace) -> NextAction | None:
    if workspace.touchpoints:
        return None
    return NextAction(
        title=_("Ask more customers"),
        words=_("No touchpoint has five customers yet; with fewer, nothing is shown."),
    )


def _read_the_worst(workspace: Workspace) -> NextAction:
    return NextAction(
        title=_("Read what customers say"),
        words=_("This is the touchpoint that they feel worst about."),
        endpoint="dashboard.touchpoints",
        touchpoint=workspace.worst,
    )


def _find_personas(workspace: Workspace) -> NextAction | None:
    if workspace.derived or workspace.people < ENOUGH_FOR_PERSONAS:
        return None
    return NextAction(
        title=_("Look for personas"),
        words=_("There are enough answers to see whether customers differ."),
        endpoint="personas.show",
    )


STEPS: tuple[Callable[[Workspace], Step], ...] = (
    _software,
    _goals,
    _profiles,
    _touchpoints,
    _current_journey,
    _ideal_journey,
    _implement,
    _keep_evaluating,
)
ADVICE: tuple[Callable[[Workspace], NextAction | None], ...] = (
    _publish,
    _invite,
    _wait,
    _ask_more,
    _find_personas,
)
