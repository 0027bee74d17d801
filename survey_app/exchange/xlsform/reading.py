"""An XLSForm workbook as a draft of a question set."""

import re
from dataclasses import replace

from survey_app.exchange.drafting import (
    Conversion,
    Frame,
    Item,
    Names,
    drafted,
)
from survey_app.exchange.intake import Intake, Raws, variant_of
from survey_app.exchange.losses import Losses
from survey_app.exchange.markers import (
    NOTICE,
    PRIVACY,
    THANKS_TEXT,
    THANKS_TITLE,
)
from survey_app.exchange.speech import Raw, Speech, speech_of
from survey_app.exchange.text_boxes import DETAIL, with_detail
from survey_app.exchange.xlsform.choices import ChoiceLists
from survey_app.exchange.xlsform.columns import cells_of, texts_in
from survey_app.exchange.xlsform.conditions import XPATH
from survey_app.exchange.xlsform.constraints import read_constraint
from survey_app.exchange.xlsform.groups import Groups, OpenGroup
from survey_app.exchange.xlsform.questions import (
    QuestionReader,
    is_select,
)
from survey_app.exchange.xlsform.sheets import Row, Sheets, read_sheets
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Question, Texts, row_id
from survey_app.questionnaires.reading.questions import SHORT_LENGTH
from survey_app.questionnaires.rules import Condition

FRAME = {
    NOTICE: "notice",
    PRIVACY: "privacy",
    THANKS_TITLE: "thanks_title",
    THANKS_TEXT: "thanks_text",
}
# What a phone notes by itself; nobody is asked.
UNASKED = frozenset(
    {
        *("start", "end", "today", "deviceid", "username", "phonenumber", "email"),
        *("simserial", "subscriberid", "audit", "start-geopoint", "background-audio"),
    }
)
COMPUTED = frozenset({"calculate", "hidden", "csv-external", "xml-external"})
BEGIN = re.compile(r"begin[ _](group|repeat)")
END = re.compile(r"end[ _](group|repeat)")
REFERENCE = re.compile(r"\$\{\s*([^{}\s|]+)\s*(?:\|([^{}]*))?\}")
WORDED = ("label", "hint")
UNSAID = "en"  # the language of a plain column, where the form does not say


def read_xlsform(content: bytes) -> Conversion:
    """What the workbook asks; raises UnreadableFileError when it is none."""
    return _Reader(read_sheets(content)).conversion()


class _Reader:
    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._losses = Losses()
        self._speech = _speech(sheets, self._losses)
        self._names = Names(self._losses)
        self._intake = Intake(
            losses=self._losses, dialect=XPATH, answer=REFERENCE, sign="$"
        )
        choices = ChoiceLists(sheets.choices, self._speech, self._losses)
        self._questions = QuestionReader(choices, self._speech, self._losses)
        self._groups = Groups(self._title)
        self._frame: dict[str, Texts] = {}

    def conversion(self) -> Conversion:
        for row in self._sheets.survey:
            self._take(row, row.get("type", ""))
        while self._groups.innermost:
            self._end()
        for name in self._intake.uncarried():
            self._losses.note(name, _("What is calculated is left out."))
        settings = self._sheets.settings
        title = self._speech.optional(texts_in(settings, "form_title"), "form_title")
        frame = Frame(
            id=settings.get("form_id") or settings.get("id_string") or "imported",
            version=settings.get("version", ""),
            texts={"title": title, **self._frame},
        )
        return drafted(frame, self._groups.found, self._speech, self._losses)

    def _take(self, row: Row, kind: str) -> None:
        name = row.get("name", "")
        if BEGIN.fullmatch(kind):
            self._begin(row, kind)
        elif END.fullmatch(kind):
            self._end()
        elif name in FRAME:
            self._frame[FRAME[name]] = self._texts(row, "label")
        elif kind in COMPUTED:
            self._intake.calculations[name] = row.get("calculation", "")
        elif kind not in UNASKED and kind:
            self._ask(row, kind)

    def _begin(self, row: Row, kind: str) -> None:
        if "repeat" in kind:
            self._losses.note(row.get("name", ""), _("It is asked once, not repeated."))
        self._groups.begin(row, self._condition(row))

    def _end(self) -> None:
        group = self._groups.innermost
        if group is None:
            return
        if group.is_grid:
            self._groups.end()
            self._add_matrix(group)
            return
        for row, question in group.choices:  # from several lists: each by itself
            self._add_asked(row, question)
        self._groups.close_page()
        self._groups.end()

    def _ask(self, row: Row, kind: str) -> None:
        source = row.get("name", "").removesuffix(DETAIL)
        if source != row.get("name", "") and source in self._intake.asked:
            self._add_detail(source, row)
            return
        usual, others = self._unfolded(row)
        question = self._questions.read(usual, kind, self._texts(usual, "label"))
        if question is None:
            return
        question = self._varied(question, others)
        group = self._groups.innermost
        if group is not None and group.wants_grid and is_select(kind):
            group.choices.append((row, question))
            return
        self._add_asked(row, question)

    def _add_asked(self, row: Row, question: Question) -> None:
        name = row.get("name", "")
        question = replace(question, id=self._names.take(name))
        self._groups.add(Item(question, self._condition(row)))
        self._intake.remember(name, question)

    def _add_matrix(self, group: OpenGroup) -> None:
        name = group.row.get("name", "matrix")
        usual, others = self._unfolded(group.row)
        label = self._texts(usual, "label")
        question = self._questions.matrix(usual, label, group.choices)
        question = replace(question, id=self._names.take(name))
        for (row, _question), part in zip(group.choices, question.rows, strict=True):
            answer_id = row_id(question.id, part.code)
            self._intake.remember(row["name"], question, answer_id)
        self._groups.add(Item(self._varied(question, others), group.when))

    def _add_detail(self, source: str, row: Row) -> None:
        """The text box goes back beside its options."""
        _id, question = self._intake.asked[source]
        bounds = read_constraint(row.get("constraint", "")).attributes
        length = bounds.get("max_length", SHORT_LENGTH)
        label, shown_when = self._texts(row, "label"), row.get("relevant", "")
        changed = with_detail(question, label, length, shown_when)
        self._intake.remember(source, changed)
        self._groups.change_last(changed)

    def _condition(self, row: Row) -> Condition | None:
        return self._intake.condition(row.get("relevant", ""), row.get("name", ""))

    def _unfolded(self, row: Row) -> tuple[Row, list[tuple[Condition, Row]]]:
        """The row with its usual texts, and with those that it has at times."""
        raws = {column: texts_in(row, column) for column in WORDED}
        usual, others = self._intake.unfolded(raws, row.get("name", ""))

        def worded(texts: Raws) -> Row:
            found = dict(row)
            for column, raw in texts.items():
                found |= cells_of(column, self._placed(raw))
            return found

        return worded(usual), [(when, worded(texts)) for when, texts in others]

    def _varied(
        self, question: Question, others: list[tuple[Condition, Row]]
    ) -> Question:
        variants = (
            variant_of(
                question, when, self._texts(row, "label"), self._questions.hint(row)
            )
            for when, row in others
        )
        return replace(question, variants=tuple(variants))

    def _title(self, row: Row) -> Texts | None:
        has_title = any(texts_in(row, "label").values())
        return self._texts(row, "label") if has_title else None

    def _texts(self, row: Row, column: str) -> Texts:
        name = row.get("name", "")
        raw = self._placed(texts_in(row, column))
        return self._speech.texts(raw, name, otherwise=name or "…")

    def _placed(self, raw: Raw) -> Raw:
        return {language: self._intake.placed(text) for language, text in raw.items()}


def _speech(sheets: Sheets, losses: Losses) -> Speech:
    found = {
        name.partition("::")[2]
        for row in (*sheets.survey, *sheets.choices)
        for name in row
        if name.startswith(("label::", "hint::"))
    }
    own = sheets.settings.get("default_language")
    if own is None and any("label" in row for row in sheets.survey):
        own = UNSAID
    return speech_of(sorted(found), losses, own=own)
