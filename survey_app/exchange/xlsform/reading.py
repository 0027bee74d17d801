"""An XLSForm workbook as a draft of a question set."""

import re
from dataclasses import dataclass, field, replace

from survey_app.exchange.drafting import (
    Conversion,
    Frame,
    Group,
    Item,
    Names,
    both,
    drafted,
)
from survey_app.exchange.expressions import UncarriedConditionError, parse
from survey_app.exchange.fitting import fitted
from survey_app.exchange.losses import Losses
from survey_app.exchange.markers import (
    DETAIL,
    NOTICE,
    PAGE,
    PRIVACY,
    THANKS_TEXT,
    THANKS_TITLE,
)
from survey_app.exchange.speech import Speech, speech_of
from survey_app.exchange.xlsform.choices import ChoiceLists
from survey_app.exchange.xlsform.columns import texts_in
from survey_app.exchange.xlsform.conditions import XPATH
from survey_app.exchange.xlsform.questions import (
    QuestionReader,
    is_select,
    with_detail,
)
from survey_app.exchange.xlsform.sheets import Row, Sheets, read_sheets
from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Question, Texts, row_id
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
REFERENCE = re.compile(r"\$\{\s*([^{}\s]+)\s*\}")
UNSAID = "en"  # the language of a plain column, where the form does not say
GRIDS = frozenset({"table-list", "w1"})


def read_xlsform(content: bytes) -> Conversion:
    """What the workbook asks; raises UnreadableFileError when it is none."""
    return _Reader(read_sheets(content)).conversion()


@dataclass(slots=True)
class _Open:
    """A group that has begun and not ended."""

    row: Row
    items: list[Item] = field(default_factory=list)
    when: Condition | None = None
    rows_of: list[tuple[Row, Question]] = field(default_factory=list)


class _Reader:
    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._losses = Losses()
        self._speech = _speech(sheets, self._losses)
        self._names = Names(self._losses)
        choices = ChoiceLists(sheets.choices, self._speech, self._losses)
        self._questions = QuestionReader(choices, self._speech, self._losses)
        self._asked: dict[str, tuple[str, Question]] = {}
        self._groups: list[Group] = []
        self._open: list[_Open] = []
        self._frame: dict[str, Texts] = {}

    def conversion(self) -> Conversion:
        for row in self._sheets.survey:
            self._take(row, row.get("type", ""))
        while self._open:
            self._end()
        settings = self._sheets.settings
        title = self._speech.optional(texts_in(settings, "form_title"), "form_title")
        frame = Frame(
            id=settings.get("form_id") or settings.get("id_string") or "imported",
            version=settings.get("version", ""),
            texts={"title": title, **self._frame},
        )
        return drafted(frame, self._groups, self._speech, self._losses)

    def _take(self, row: Row, kind: str) -> None:
        name = row.get("name", "")
        if BEGIN.fullmatch(kind):
            self._begin(row, kind)
        elif END.fullmatch(kind):
            self._end()
        elif name in FRAME:
            self._frame[FRAME[name]] = self._texts(row, "label")
        elif kind in COMPUTED:
            self._losses.note(name, _("What is calculated is left out."))
        elif kind not in UNASKED and kind:
            self._ask(row, kind)

    def _begin(self, row: Row, kind: str) -> None:
        if "repeat" in kind:
            self._losses.note(row.get("name", ""), _("It is asked once, not repeated."))
        if not _wants_grid(row):
            self._flush()
        group = _Open(row)
        group.when = self._condition(row)
        self._open.append(group)

    def _end(self) -> None:
        if not self._open:
            return
        group = self._open[-1]
        if _is_grid(group):
            self._open.pop()
            self._add_matrix(group)
            return
        for row, question in group.rows_of:  # from several lists: each by itself
            self._add_asked(row, question)
        self._flush()
        self._open.pop()

    def _flush(self) -> None:
        """What was asked so far in the innermost group becomes a page."""
        if not self._open or not self._open[-1].items:
            return
        group = self._open[-1]
        name = group.row.get("name", "page").removeprefix(PAGE)
        when: Condition | None = None
        for outer in self._open:
            when = both(when, outer.when)
        has_title = any(texts_in(group.row, "label").values())
        title = self._texts(group.row, "label") if has_title else None
        self._groups.append(Group(name, tuple(group.items), title, when))
        group.items.clear()

    def _ask(self, row: Row, kind: str) -> None:
        name = row.get("name", "")
        if name.endswith(DETAIL) and self._is_detail(name):
            self._add_detail(name, row)
            return
        question = self._questions.read(row, kind, self._label(row))
        if question is None:
            return
        if self._open and is_select(kind) and _wants_grid(self._open[-1].row):
            self._open[-1].rows_of.append((row, question))
            return
        self._add_asked(row, question)

    def _add_asked(self, row: Row, question: Question) -> None:
        name = row.get("name", "")
        question = _named(question, self._names.take(name))
        item = Item(question, self._condition(row))
        self._asked[name] = (question.id, question)
        self._add(item)

    def _add(self, item: Item) -> None:
        if self._open:
            self._open[-1].items.append(item)
        else:
            self._groups.append(Group(item.question.id, (item,)))

    def _add_matrix(self, group: _Open) -> None:
        name = group.row.get("name", "matrix")
        label = self._texts(group.row, "label")
        question = self._questions.matrix(group.row, label, group.rows_of)
        question = _named(question, self._names.take(name))
        for (row, _question), part in zip(group.rows_of, question.rows, strict=True):
            answer_id = row_id(question.id, part.code)
            self._asked[row["name"]] = (answer_id, question)
        self._add(Item(question, group.when))

    def _is_detail(self, name: str) -> bool:
        return name.removesuffix(DETAIL) in self._asked

    def _add_detail(self, name: str, row: Row) -> None:
        """The text box goes back beside its options."""
        source = name.removesuffix(DETAIL)
        question_id, question = self._asked[source]
        changed = with_detail(question, row, self._label(row))
        self._asked[source] = (question_id, changed)
        items = self._open[-1].items if self._open else []
        if items:
            items[-1] = Item(changed, items[-1].when)
        else:
            before = self._groups[-1].items[-1]
            self._groups[-1] = Group(question_id, (Item(changed, before.when),))

    def _condition(self, row: Row) -> Condition | None:
        text = row.get("relevant", "")
        if not text:
            return None
        try:
            return fitted(parse(text, XPATH), self._asked)
        except UncarriedConditionError:
            sentence = _("Its condition is not carried over: %(text)s", text=text[:200])
            self._losses.note(row.get("name", ""), sentence)
            return None

    def _label(self, row: Row) -> Texts:
        return self._texts(row, "label")

    def _texts(self, row: Row, column: str) -> Texts:
        name = row.get("name", "")
        raw = {
            language: REFERENCE.sub(self._placeholder, text)
            for language, text in texts_in(row, column).items()
        }
        return self._speech.texts(raw, name, otherwise=name or "…")

    def _placeholder(self, found: re.Match[str]) -> str:
        known = self._asked.get(found[1])
        return "…" if known is None else f"{{{known[0]}|…}}"


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


def _named(question: Question, name: str) -> Question:
    return replace(question, id=name)


def _wants_grid(row: Row) -> bool:
    return bool(GRIDS & set(row.get("appearance", "").split()))


def _is_grid(group: _Open) -> bool:
    """Choices from one list: they are rows of a matrix."""
    lists = {row.get("type", "") for row, _question in group.rows_of}
    return len(lists) == 1
