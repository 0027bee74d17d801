"""The map from stored mentions: what enough people said, and nothing else."""

from collections.abc import Mapping
from dataclasses import asdict

import pytest
from sqlalchemy.orm import Session

from analysis.intervals import Interval, Share
from survey_app.insights.models import AnalysedText, Mention
from survey_app.journeys import document as on_map
from survey_app.journeys.document import Certainty, Level, MapDocument
from survey_app.journeys.document_json import to_json
from survey_app.journeys.drawing import draw_map
from survey_app.journeys.service import MapRequest, make_map
from survey_app.personas.models import Persona
from survey_app.questionnaires.models import QuestionnaireVersion
from tests.factories import A_MOMENT, make_response, make_version

TEXT = "Te laat bezorgd. Mail mij op jan@voorbeeld.nl."


def say(
    session: Session,
    version: QuestionnaireVersion,
    scores: Mapping[str, float],
    *,
    people: int,
    **columns: object,
) -> None:
    """Let people speak of touchpoints, each with the score given."""
    for _person in range(people):
        response = make_response(session, version, {"interactions": TEXT})
        shared = {
            "respondent_id": response.respondent_id,
            "source": "survey",
            "role": "interactions",
            "language": "nl",
            "week": A_MOMENT.toordinal(),
        }
        text = AnalysedText(
            answer_id=response.answers[0].id,
            version="1",
            analysed_at=A_MOMENT,
            **shared,
        )
        text.mentions = [
            Mention(
                **{
                    "start": 0,
                    "end": 16,
                    "touchpoint": touchpoint,
                    "polarity": "negative" if score < 0 else "positive",
                    "score": score,
                    "confidence": 0.9,
                    "emotion": "none",
                    "stance": "fact",
                    "cues": [],
                    "method": "lexicon",
                    **shared,
                    **columns,
                }
            )
            for touchpoint, score in scores.items()
        ]
        session.add(text)
    session.commit()


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    return make_version(session)


def draw(session: Session, language: str = "nl") -> MapDocument:
    return make_map(session, MapRequest(language=language), generated="test")


def test_empty_workspace_gives_an_empty_map(session: Session) -> None:
    document = draw(session)

    assert (document.columns, document.base) == ((), 0)
    assert "<svg" in draw_map(document)


def test_touchpoint_of_four_people_shows_nothing(
    session: Session, version: QuestionnaireVersion
) -> None:
    say(session, version, {"website": 0.5}, people=30)
    say(session, version, {"returns": -0.77}, people=4)

    columns = {column.touchpoint: column for column in draw(session).columns}

    assert columns["website"].base == 30
    assert columns["returns"].level is Level.HIDDEN
    assert "-1.54" not in to_json(draw(session))


def test_phase_does_not_tell_the_base_of_its_hidden_touchpoint(
    session: Session, version: QuestionnaireVersion
) -> None:
    say(session, version, {"delivery": 0.5}, people=30)
    say(session, version, {"returns": -0.5}, people=4)

    [phase] = draw(session).phases

    assert (phase.code, phase.base) == ("experience", None)


def test_columns_follow_the_journey(
    session: Session, version: QuestionnaireVersion
) -> None:
    say(session, version, {"delivery": 0, "website": 0, "search_engine": 0}, people=5)

    columns = [column.touchpoint for column in draw(session).columns]

    assert columns == ["search_engine", "website", "delivery"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Knelpunt Levering: 100 % van deze klanten"),
        ("en", "Bottleneck Delivery: 100% of these customers"),
    ],
)
def test_dip_is_named_in_one_sentence(
    language: str, sentence: str, session: Session, version: QuestionnaireVersion
) -> None:
    say(session, version, {"website": 0.6, "product": 0.5}, people=40)
    say(session, version, {"delivery": -0.8, "website": 0.5}, people=40)

    bottleneck = draw(session, language).bottleneck

    assert bottleneck is not None
    assert bottleneck.level is Certainty.CONFIRMED
    assert bottleneck.sentence.startswith(sentence)


def test_quotes_are_masked_and_of_different_people(
    session: Session, version: QuestionnaireVersion
) -> None:
    say(session, version, {"delivery": -0.8, "checkout": -0.7}, people=1)
    say(session, version, {"delivery": -0.8, "checkout": -0.7}, people=5, end=46)

    document = draw(session)

    quotes = [quote for column in document.columns for quote in column.quotes]
    assert len({quote.source for quote in quotes}) == len(quotes) == 2
    assert "jan@" not in to_json(document)


def test_limit_keeps_what_most_people_speak_of(
    session: Session, version: QuestionnaireVersion
) -> None:
    say(session, version, {"website": 0.5, "product": 0.5}, people=9)
    say(session, version, {"website": 0.5, "delivery": 0.5}, people=6)

    document = make_map(session, MapRequest(language="nl", limit=2), generated="test")

    assert [column.touchpoint for column in document.columns] == ["website", "product"]


def test_map_of_a_persona_tells_its_share_with_its_interval(session: Session) -> None:
    share = Share(value=0.4, interval=Interval(0.3, 0.5), base=200)
    persona = Persona(
        id=1,
        position=0,
        name_nl="De vergelijker",
        name_en="The comparer",
        base=80,
        description={"share": asdict(share)},
    )

    document = make_map(
        session, MapRequest(language="nl", persona=persona), generated="test"
    )

    assert document.persona == on_map.Persona(
        key="0",
        name="De vergelijker",
        base=80,
        share=0.4,
        interval=on_map.Interval(0.3, 0.5),
    )
