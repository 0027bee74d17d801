"""What a reader must know of figures that span versions, in sentences."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from survey_app.insights.trend_breaks import TrendBreak
from survey_app.insights.wave_comparison import WaveComparison
from survey_app.questionnaires.comparison import Comparability
from survey_app.questionnaires.comparison.chain import Likeness
from survey_app.web.filters import day
from survey_app.web.locale import current_language


def say_comparison(comparison: WaveComparison) -> Iterator[str]:
    """How a wave and the one before were made comparable, where versions differ."""
    if comparison.is_one_sided:
        yield _(
            "Only in one of this wave and %(wave)s did people fill in a"
            " questionnaire, so the two are not compared.",
            wave=comparison.name,
        )
        return
    if not comparison.is_possible:
        yield _("The wave before asked other questions, so the two are not compared.")
        return
    yield _(
        "Between %(wave)s and this wave the questions went from version %(older)s"
        " to %(newer)s.",
        wave=comparison.name,
        older=comparison.older,
        newer=comparison.newer,
    )
    reworded = comparison.of_class(Comparability.WORDING)
    if reworded:
        yield _(
            "Compared, though asked in other words: %(questions)s.",
            questions=_quoted(reworded),
        )
    narrowed = comparison.of_class(Comparability.OPTIONS)
    if narrowed:
        yield _(
            "Compared only on the options that both offer: %(questions)s.",
            questions=_quoted(narrowed),
        )
    if comparison.left_out:
        yield _("Left out of the comparison:") + f" {_why(comparison.left_out)}."


def say_break(each: TrendBreak) -> str:
    """Why a line starts anew."""
    sentence = _(
        "The line starts anew in the week of %(day)s, with version %(newer)s after"
        " %(older)s: %(why)s.",
        day=day(each.week),
        newer=each.newer,
        older=each.older,
        why=_why(each.questions),
    )
    return str(sentence)


def _why(questions: Iterable[Likeness]) -> str:
    reasons = {
        Comparability.NEW: _("new"),
        Comparability.REMOVED: _("no longer asked"),
        Comparability.OPTIONS: _("other options"),
        Comparability.MEANING: _("another meaning"),
    }
    return "; ".join(f"{_title(each)} ({reasons[each.what]})" for each in questions)


def _quoted(questions: Iterable[Likeness]) -> str:
    return "; ".join(_title(each) for each in questions)


def _title(question: Likeness) -> str:
    texts = question.title
    words = texts.get(current_language()) or next(iter(texts.values()), "")
    return f"“{words or question.question_id}”"
