"""The formats that question sets come in and go out in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from survey_app.exchange.ddi import write_ddi
from survey_app.exchange.drafting import Conversion
from survey_app.exchange.limesurvey.reading import read_lss
from survey_app.exchange.losses import Loss
from survey_app.exchange.surveyjs.reading import read_surveyjs
from survey_app.exchange.surveyjs.writing import write_surveyjs
from survey_app.exchange.xlsform.reading import read_xlsform
from survey_app.exchange.xlsform.writing import write_xlsform
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.writing import write_question_set

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Written = tuple[bytes, tuple[Loss, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutFormat:
    name: str
    suffix: str
    media_type: str
    write: Callable[[QuestionSet], Written]


@dataclass(frozen=True, slots=True, kw_only=True)
class InFormat:
    name: str
    suffix: str
    read: Callable[[bytes], Conversion]


def _write_toml(question_set: QuestionSet) -> Written:
    return write_question_set(question_set).encode(), ()


OUT: Mapping[str, OutFormat] = {
    "toml": OutFormat(
        name="TOML", suffix=".toml", media_type="application/toml", write=_write_toml
    ),
    "xlsform": OutFormat(
        name="XLSForm", suffix=".xlsx", media_type=XLSX, write=write_xlsform
    ),
    "surveyjs": OutFormat(
        name="SurveyJS",
        suffix=".json",
        media_type="application/json",
        write=write_surveyjs,
    ),
    "ddi": OutFormat(
        name="DDI-Codebook",
        suffix=".xml",
        media_type="application/xml",
        write=write_ddi,
    ),
}
IN: Mapping[str, InFormat] = {
    "xlsform": InFormat(name="XLSForm", suffix=".xlsx", read=read_xlsform),
    "surveyjs": InFormat(name="SurveyJS", suffix=".json", read=read_surveyjs),
    "lss": InFormat(name="LimeSurvey", suffix=".lss", read=read_lss),
}


def format_of(file_name: str) -> InFormat | None:
    """The format that a file's name ends like."""
    name = file_name.casefold()
    return next((one for one in IN.values() if name.endswith(one.suffix)), None)
