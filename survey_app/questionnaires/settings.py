"""How a questionnaire behaves; what a file leaves out is as it stands here."""

from dataclasses import dataclass
from enum import StrEnum


class PrivacyMode(StrEnum):
    """What ties a response to a person: nothing, a number, or contact details."""

    ANONYMOUS = "anonymous"
    PSEUDONYMOUS = "pseudonymous"
    IDENTIFIED = "identified"


class LayoutKind(StrEnum):
    """How the pages of the file become pages on the screen."""

    PAGE = "page"  # as written
    QUESTION_PER_PAGE = "question_per_page"
    SINGLE_PAGE = "single_page"


class OnExpiry(StrEnum):
    DELETE = "delete"
    ANONYMISE = "anonymise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """For how many days what is kept, counted from the last activity.

    ``max_days`` counts from the start and bounds them all: after it nothing of a
    response is kept as somebody's, whatever became of it.
    """

    completed_days: int = 730
    incomplete_days: int = 30
    contacts_days: int = 180
    max_days: int | None = None
    on_expiry: OnExpiry = OnExpiry.DELETE


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSetSettings:
    layout: LayoutKind = LayoutKind.PAGE
    intro_page: bool = False  # the notice on a page of its own, before question 1
    check_answers: bool = True
    allow_back: bool = True
    view_after_submit: bool = True  # respondents may read what they sent
    edit_after_submit: bool = False  # and change it, and send it once more
    privacy_mode: PrivacyMode = PrivacyMode.PSEUDONYMOUS
    retention: Retention = Retention()
    min_group: int = 5
    prefill: tuple[str, ...] = ()  # names taken from the address, such as "channel"
    embed_origins: tuple[str, ...] = ()  # sites that may show it in a frame
    ask_back: bool = False  # "which part was that about?" after a short, vague text
    show_results_link: bool = False
    in_figures: bool = True  # False for what is not said by customers, such as staff


USUAL_SETTINGS = QuestionSetSettings()
