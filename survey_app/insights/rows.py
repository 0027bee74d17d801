"""What the analysis found, as rows to store."""

from typing import Any

from analysis.records import Factor
from analysis.records import Mention as FoundMention
from survey_app.clock import day_of, now
from survey_app.insights.queries import PendingText
from survey_app.insights.reading import ReadText
from survey_app.insights.replaying import as_json


def text_row(read: ReadText, version: str) -> dict[str, Any]:
    item, analysis, said = read.item, read.analysis, read.machine_said
    return {
        "answer_id": item.answer_id,
        "turn_id": item.turn_id,
        "respondent_id": item.respondent_id,
        "wave_id": item.wave_id,
        "source": item.source,
        "role": item.role,
        "language": analysis.language.value,
        "week": item.week,
        "overall": analysis.overall.value if analysis.overall else None,
        "version": version,
        "analysed_at": day_of(now()) if item.is_anonymous else now(),
        "machine_said": None if said is None else [as_json(each) for each in said],
    }


def mention_row(text_id: int, read: ReadText, found: FoundMention) -> dict[str, Any]:
    item = read.item
    return {
        "analysed_text_id": text_id,
        "start": found.start,
        "end": found.end,
        "touchpoint": found.touchpoint,
        "polarity": found.polarity.value,
        "score": found.score,
        "confidence": found.confidence,
        "emotion": found.emotion.value,
        "stance": found.stance.value,
        "cues": list(found.cues),
        "method": found.method.value,
        "respondent_id": item.respondent_id,
        "wave_id": item.wave_id,
        "source": item.source,
        "role": item.role,
        "language": read.analysis.language.value,
        "week": item.week,
    }


def factor_row(text_id: int, item: PendingText, factor: Factor) -> dict[str, Any]:
    return {
        "analysed_text_id": text_id,
        "respondent_id": item.respondent_id,
        "factor": factor.factor,
        "direction": factor.direction,
    }
