"""What holds of a text: what the machine found, its respondent told, people said."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from analysis.records import Mention, TextAnalysis
from survey_app.insights.overrides import (
    complete_sources,
    corrections_by_source,
    heed_corrections,
)
from survey_app.insights.queries import PendingText
from survey_app.insights.told import heed_respondent
from survey_app.touchpoints.queries import read_catalogue


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text with the mentions that hold, and as found where people judged them."""

    item: PendingText
    analysis: TextAnalysis
    mentions: Sequence[Mention]
    machine_said: Sequence[Mention] | None


def read_texts(
    session: Session, results: Sequence[tuple[PendingText, TextAnalysis]]
) -> list[ReadText]:
    items = [item for item, _analysis in results]
    corrections = corrections_by_source(session, items)
    complete = complete_sources(session, items)
    catalogue = read_catalogue(session)
    read = []
    for item, analysis in results:
        told = heed_respondent(analysis, item.text, item.about, catalogue)
        said = corrections.get(item.source_key, [])
        is_complete = item.source_key in complete
        held = heed_corrections(told, said, is_complete=is_complete)
        is_judged = bool(said) or is_complete
        read.append(ReadText(item, analysis, held, told if is_judged else None))
    return read
