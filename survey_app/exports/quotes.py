"""Words about touchpoints, masked, of groups that are large enough."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from survey_app.exports.extracts import Extract, Reads
from survey_app.exports.values import Value
from survey_app.insights.generations import find_current
from survey_app.insights.masking import mask
from survey_app.insights.models import AnalysedText, Mention
from survey_app.insights.review_limit import counts_in_figures
from survey_app.insights.sentences import read_sentences
from survey_app.questionnaires.models import Wave
from survey_app.responses.models import Answer, Response
from survey_app.touchpoints.queries import is_shown, read_catalogue

HEADER = ("wave", "touchpoint", "stage", "sentiment", "quote", "language")
Group = tuple[str, str]  # a wave and a touchpoint


@dataclass(slots=True)
class Quotes:
    """Quotes by group, and who spoke in it; sorted, so that none stands by its like."""

    stages: dict[str, str | None] = field(default_factory=dict)  # by touchpoint
    people: dict[Group, set[int]] = field(default_factory=lambda: defaultdict(set))
    said: dict[Group, list[tuple[str, str, str]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def add(self, session: Session, ids: Sequence[int], generation: int) -> None:
        rows = _list_mentions(session, ids, generation)
        sentences = read_sentences(session, [row.id for row in rows])
        stage_of = read_catalogue(session).phase_of
        for row, sentence in zip(rows, sentences, strict=True):
            masked = mask(sentence)
            group = (row.wave or "", sentence.touchpoint)
            self.stages[sentence.touchpoint] = stage_of(sentence.touchpoint)
            self.people[group].add(sentence.respondent_id)
            words = masked.text[masked.start : masked.end]
            self.said[group].append((sentence.polarity, words, sentence.language))

    def rows(self, *, least: int) -> Iterator[list[Value]]:
        for group in sorted(self.said):
            if len(self.people[group]) < least:
                continue
            wave, touchpoint = group
            for polarity, words, language in sorted(self.said[group]):
                stage = self.stages.get(touchpoint)
                yield [wave, touchpoint, stage, polarity, words, language]


def gather_quotes(source: Reads, extract: Extract, quotes: Quotes) -> Iterator[int]:
    done = 0
    with source.read() as session:
        generation = find_current(session)  # of the whole file
    for ids in extract.batches():
        with source.read() as session:
            quotes.add(session, ids, generation)
        done += len(ids)
        yield done


def _list_mentions(
    session: Session, ids: Sequence[int], generation: int
) -> Sequence[Row[int, str | None]]:
    return session.execute(
        select(Mention.id, Wave.code.label("wave"))
        .join(AnalysedText, AnalysedText.id == Mention.analysed_text_id)
        .join(Answer, Answer.id == AnalysedText.answer_id)
        .join(Response, Response.id == Answer.response_id)
        .outerjoin(Wave, Wave.id == Response.wave_id)
        .where(Answer.response_id.in_(ids), Answer.on_path)
        .where(Mention.generation == generation)
        .where(counts_in_figures(), is_shown(Mention.touchpoint))
        .order_by(Mention.id)
    ).all()
