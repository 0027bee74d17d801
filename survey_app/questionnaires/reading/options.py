"""What a question offers to choose from: options, points of a scale, rows, details."""

from collections.abc import Callable, Sequence

from survey_app.questionnaires.problems import message as _
from survey_app.questionnaires.question_set import Detail, Option, QuestionType, Texts
from survey_app.questionnaires.reading.table import CODE, Table

LONG_LENGTH = 4_000
MAX_LENGTH = 10_000
MAX_POINTS = 11
MAX_POINT = 100  # two figures fit a phone
NPS_POINTS = (0, 10)
YES_NO_LABELS = {"yes": {"nl": "Ja", "en": "Yes"}, "no": {"nl": "Nee", "en": "No"}}
NPS_LABELS: dict[str, Texts] = {
    "low_label": {"nl": "Zeer onwaarschijnlijk", "en": "Very unlikely"},
    "high_label": {"nl": "Zeer waarschijnlijk", "en": "Very likely"},
}
END_LABEL_TYPES = frozenset({QuestionType.SCALE, QuestionType.NPS, QuestionType.MATRIX})

Options = tuple[Option, ...]


def read_options(table: Table, kind: QuestionType) -> Options:
    """The options that this type of question has, written or not."""
    read = OPTION_READERS.get(kind)
    return () if read is None else read(table)


def read_rows(table: Table) -> Options:
    return _written(table, "rows")


def read_end_labels(table: Table, kind: QuestionType) -> dict[str, Texts | None]:
    """What stands at the ends of a scale; of recommending that goes without saying."""
    if kind not in END_LABEL_TYPES:
        return {}
    usual = NPS_LABELS if kind is QuestionType.NPS else {}
    return {
        key: table.optional_texts(key) or in_languages(usual.get(key), table.languages)
        for key in ("low_label", "high_label")
    }


def in_languages(texts: Texts | None, languages: tuple[str, ...]) -> Texts | None:
    return None if texts is None else {name: texts[name] for name in languages}


def read_detail(table: Table | None) -> Detail | None:
    if table is None:
        return None
    detail = Detail(
        label=table.texts("label"), max_length=read_length(table, LONG_LENGTH)
    )
    table.refuse_unknown()
    return detail


def read_length(table: Table, default: int) -> int:
    length = table.whole("max_length", 1, MAX_LENGTH, default, "E_BAD_LENGTH")
    return length or default


def _written_options(table: Table) -> Options:
    return _written(table, "options")


def _written(table: Table, key: str) -> Options:
    return tuple(_option(option) for option in table.tables(key))


def _option(table: Table) -> Option:
    option = Option(
        code=table.identifier("code", CODE),
        label=table.texts("label"),
        touchpoints=table.strings("touchpoints"),
        exclusive=table.flag("exclusive"),
        missing=table.flag("missing"),
        detail=read_detail(table.table("detail")),
    )
    table.refuse_unknown()
    return option


def _scale(table: Table) -> Options:
    """The points of a scale: ``points = [1, 5]`` are the first and the last."""
    match table.raw("points"):
        case [int(first), int(last)] if type(first) is int and type(last) is int:
            if 0 <= first < last < MAX_POINT and last - first < MAX_POINTS:
                return _points(table, first, last)
    table.complain(
        "E_SCHEMA",
        "points",
        _("A scale needs its first and last point, at most 11 points."),
        _("Write points = [1, 5]."),
    )
    return ()


def _points(table: Table, first: int, last: int) -> Options:
    return tuple(
        Option(code=str(point), label=dict.fromkeys(table.languages, str(point)))
        for point in range(first, last + 1)
    )


def is_scale(codes: Sequence[str]) -> bool:
    """Whether these codes are the points of a scale, one after another."""
    if not 1 < len(codes) <= MAX_POINTS or not all(code.isdecimal() for code in codes):
        return False
    first = int(codes[0])
    points = range(first, first + len(codes))
    return list(codes) == [str(point) for point in points] and points[-1] < MAX_POINT


def _nps(table: Table) -> Options:
    return _points(table, *NPS_POINTS)


def _yes_no(table: Table) -> Options:
    return tuple(
        Option(code=code, label=in_languages(label, table.languages) or {})
        for code, label in YES_NO_LABELS.items()
    )


def _columns(table: Table) -> Options:
    """A matrix has options of its own, or the points of a scale."""
    return _scale(table) if table.has("points") else _written_options(table)


OPTION_READERS: dict[QuestionType, Callable[[Table], Options]] = {
    QuestionType.CHOICE: _written_options,
    QuestionType.MULTI: _written_options,
    QuestionType.RANKING: _written_options,
    QuestionType.SCALE: _scale,
    QuestionType.NPS: _nps,
    QuestionType.YES_NO: _yes_no,
    QuestionType.MATRIX: _columns,
}
