"""Which column is which question, as staff chose it."""

from collections import Counter
from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from survey_app.imports.service import Choices
from survey_app.imports.words import FACTS
from survey_app.questionnaires.question_set import QuestionSet, Texts
from survey_app.responses.importing.answers import columns_of
from survey_app.web.locale import DEFAULT_LANGUAGE, current_language

ID = "submission_id"
LONGEST_TITLE = 70


class MappingForm:
    """``trouble`` is what must be put right first; None when it can go on."""

    def __init__(
        self,
        posted: MultiDict[str, str],
        names: Sequence[str],
        question_set: QuestionSet,
    ) -> None:
        known = _known(question_set)
        chosen = (
            (name, posted.get(f"column_{place}", ""))
            for place, name in enumerate(names)
        )
        self.columns = {name: ours for name, ours in chosen if ours in known}
        self.make_ids = "make_ids" in posted
        self.unknown_as_other = posted.get("unknown") == "other"
        language = posted.get("language", "")
        self.language = (
            language
            if language in question_set.languages
            else question_set.default_language
        )
        self.trouble = self._find_trouble()

    @property
    def choices(self) -> Choices:
        return Choices(
            columns=self.columns,
            language=self.language,
            make_ids=self.make_ids,
            unknown_as_other=self.unknown_as_other,
        )

    def _find_trouble(self) -> str | None:
        counts = Counter(self.columns.values())
        twice = [ours for ours, count in counts.items() if count > 1]
        if twice:
            return str(
                _("Two columns are %(name)s; choose one of them.", name=twice[0])
            )
        if not set(counts) - set(FACTS):
            return str(_("Say of at least one column which question it answers."))
        if ID not in counts and not self.make_ids:
            return str(
                _(
                    "Say which column holds the number of the response,"
                    " or have a number made of what a row holds."
                )
            )
        return None


def offered_targets(question_set: QuestionSet) -> Mapping[str, str]:
    """What a column can be, by name, in the words of the page's language."""
    questions = {
        column: _title(question.title, column, question.id)
        for question in question_set.questions.values()
        for column in columns_of(question)
    }
    return {name: str(words) for name, words in FACTS.items()} | questions


def _title(texts: Texts, column: str, question_id: str) -> str:
    words = texts.get(current_language()) or texts.get(DEFAULT_LANGUAGE)
    title = (words or next(iter(texts.values())))[:LONGEST_TITLE]
    part = column.removeprefix(question_id).removeprefix("__")
    return f"{title} – {part}" if part else title


def _known(question_set: QuestionSet) -> frozenset[str]:
    questions = question_set.questions.values()
    columns = (column for question in questions for column in columns_of(question))
    return frozenset({*FACTS, *columns})
