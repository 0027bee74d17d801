from sqlalchemy.orm import Session

from survey_app.insights.evidence import CueCount, read_evidence
from survey_app.insights.figure_filter import FigureFilter
from tests.factories import make_mention, make_opinion, make_version

EVERYTHING = FigureFilter()


def test_quotes_are_of_three_people_and_let_dissent_speak(session: Session) -> None:
    version = make_version(session)
    surest = make_opinion(session, version, -0.6, confidence=0.99, words="w" * 30)
    make_mention(session, surest.analysed_text, score=-0.5, confidence=0.98)
    other = make_opinion(session, version, -0.6, confidence=0.7, words="w" * 30)
    make_opinion(session, version, -0.6, confidence=0.95, words="kort")
    make_opinion(session, version, 0.0, confidence=0.9, words="w" * 30)
    dissent = make_opinion(session, version, 0.6, confidence=0.6, words="w" * 30)

    found = read_evidence(session, EVERYTHING, "delivery", at_least=5)

    assert [each.mention_id for each in found.quotes] == [
        surest.id,
        other.id,
        dissent.id,
    ]


def test_cues_count_people_and_leave_out_what_points_at_few(session: Session) -> None:
    version = make_version(session)
    for cues in (["te laat", "Porto"], ["porto"], ["te laat"]):
        mention = make_opinion(session, version, -0.6, cues=cues)
        make_mention(session, mention.analysed_text, cues=["porto"] * 2)

    found = read_evidence(session, EVERYTHING, "delivery", at_least=3)

    assert found.cues == (CueCount("porto", 3),)
