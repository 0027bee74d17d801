"""Whether the settings of a question set can all be kept at once."""

from collections.abc import Iterator

from survey_app.questionnaires.problems import Message, Path, Problem
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.settings import (
    PrivacyMode,
    QuestionSetSettings,
    Retention,
)


def check_settings(settings: QuestionSetSettings) -> Iterator[Problem]:
    yield from _check_changing(settings)
    yield from _check_longest(settings.retention)


def _check_changing(settings: QuestionSetSettings) -> Iterator[Problem]:
    """Who changes answers is shown them, goes back, and is known to be the same."""
    if not settings.edit_after_submit:
        return
    is_anonymous = settings.privacy_mode is PrivacyMode.ANONYMOUS
    conflicts: tuple[tuple[bool, Message], ...] = (
        (is_anonymous, _("Nobody can tell whose an anonymous response was.")),
        (not settings.allow_back, _("Here nobody may go back to an answer.")),
        (
            not settings.view_after_submit,
            _("Here nobody may read what was sent, which changing it would show."),
        ),
    )
    place: Path = ("settings", "edit_after_submit")
    fix = _("Leave edit_after_submit out, or change the other setting.")
    for is_so, sentence in conflicts:
        if is_so:
            yield Problem("E_EDIT_AFTER_SUBMIT", place, sentence, fix)


def _check_longest(retention: Retention) -> Iterator[Problem]:
    """An upper bound below a promise would break it, or make it mean nothing."""
    longest = retention.max_days
    for key in ("completed_days", "incomplete_days"):
        days = getattr(retention, key)
        if longest is not None and longest < days:
            yield Problem(
                "E_RETENTION_BOUND",
                ("settings", "retention", "max_days"),
                _(
                    "Nothing is kept longer than %(longest)s days, so %(key)s cannot "
                    "be %(days)s.",
                    longest=longest,
                    key=key,
                    days=days,
                ),
                _("Raise max_days, or lower %(key)s.", key=key),
            )
