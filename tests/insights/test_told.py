"""What respondents say a vague text was about reaches the figures, and stays."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from analysis.records import Language, Method, Polarity, TextAnalysis
from analysis.records import Mention as FoundMention
from survey_app.clock import now
from survey_app.db import Database
from survey_app.insights.models import Correction, Mention
from survey_app.insights.service import analyse_pending
from survey_app.insights.told import heed_respondent
from survey_app.questionnaires.service import publish
from survey_app.responses.models import Answer
from survey_app.touchpoints.catalogue import load_catalogue
from tests.factories import A_MOMENT, STANDARD, make_staff_member
from tests.responses.visitor import Visitor

VAGUE = "Het duurde veel te lang."


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


def mentions(database: Database) -> list[tuple[str, str, str, int, int]]:
    with database.read() as session:
        rows = session.scalars(select(Mention).order_by(Mention.id))
        return [(m.touchpoint, m.polarity, m.method, m.start, m.end) for m in rows]


def test_from_the_page_to_the_figures_and_through_another_analysis(
    app: Flask, database: Database, executor: Executor
) -> None:
    source = STANDARD.replace(
        "\n[title]", "\n[settings]\nask_back = true\n\n[title]", 1
    )
    with database.transaction() as setting_up:
        publish(setting_up, source, published_at=now())
    app.extensions["touchpoint_reader"].wait()
    visitor = Visitor(app)
    visitor.skip_to("interactions")
    visitor.send(answer_q4_interactions=VAGUE)
    visitor.send(answer_q4_interactions__about="delivery")
    visitor.skip_all()
    visitor.submit()

    analyse_pending(database, executor)

    told = [("delivery", "negative", "respondent", 0, len(VAGUE))]
    assert mentions(database) == told
    with database.transaction() as changing:
        changing.execute(update(Answer).values(analysis_version=None))
    analyse_pending(database, executor)
    assert mentions(database) == told


def test_a_correction_wins_over_what_the_respondent_told(
    app: Flask, database: Database, session: Session, executor: Executor
) -> None:
    researcher_id = make_staff_member(session, "researcher").id
    session.close()  # a session that writes keeps the others waiting
    source = STANDARD.replace(
        "\n[title]", "\n[settings]\nask_back = true\n\n[title]", 1
    )
    with database.transaction() as setting_up:
        publish(setting_up, source, published_at=now())
    visitor = Visitor(app)
    visitor.skip_to("interactions")
    visitor.send(answer_q4_interactions=VAGUE)
    with database.transaction() as setting_up:  # as if it had been asked and told
        answer = setting_up.scalars(select(Answer)).one()
        told = Answer(
            response_id=answer.response_id,
            question_id="q4_interactions__about",
            code="delivery",
            updated_at=A_MOMENT,
        )
        correction = Correction(
            answer_id=answer.id,
            start=0,
            end=len(VAGUE),
            quote=VAGUE,
            machine_touchpoint="delivery",
            touchpoint="checkout",
            polarity="negative",
            corrected_by=researcher_id,
            corrected_at=A_MOMENT,
        )
        setting_up.add_all([told, correction])
    visitor.skip_all()
    visitor.submit()

    analyse_pending(database, executor)

    assert [each[:3] for each in mentions(database)] == [
        ("checkout", "negative", "human")
    ]


def found(touchpoint: str, method: Method) -> FoundMention:
    return FoundMention(
        start=0,
        end=4,
        touchpoint=touchpoint,
        polarity=Polarity.POSITIVE,
        score=0.4,
        confidence=0.5,
        method=method,
    )


@pytest.mark.parametrize(
    ("mention", "about", "touchpoints"),
    [
        (None, "delivery", ["delivery"]),
        (found("website", Method.QUESTION), "delivery", ["delivery"]),
        (found("price", Method.LEXICON), "delivery", ["price"]),
        (found("website", Method.QUESTION), "other", ["website"]),
        (found("website", Method.QUESTION), None, ["website"]),
        (None, "other", []),
    ],
)
def test_the_respondent_wins_over_the_question_and_not_over_the_text(
    mention: FoundMention | None, about: str | None, touchpoints: list[str]
) -> None:
    analysis = TextAnalysis(
        language=Language.DUTCH,
        overall=None,
        mentions=() if mention is None else (mention,),
    )

    heeded = heed_respondent(analysis, "Fijn", about, load_catalogue())

    assert [each.touchpoint for each in heeded] == touchpoints
