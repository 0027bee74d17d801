from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.interviews.models import Interview, Turn
from survey_app.interviews.service import InterviewFacts, import_interview
from survey_app.respondents.models import Respondent
from tests.factories import A_MOMENT

FACTS = InterviewFacts(title="Eerste gesprek", source_name="a.txt", language="nl")
TALK = b"Interviewer: Hoe ging het?\nAnna: Prima.\nBram: Mwah.\nAnna: Echt."


def test_participants_become_respondents(session: Session) -> None:
    imported = import_interview(session, TALK, FACTS, imported_at=A_MOMENT)
    session.flush()

    roles = {
        speaker.label: (speaker.role, speaker.respondent_id is not None)
        for speaker in imported.interview.speakers
    }
    assert roles == {
        "Interviewer": ("interviewer", False),
        "Anna": ("participant", True),
        "Bram": ("participant", True),
    }
    assert [turn.text for turn in imported.interview.turns] == [
        "Hoe ging het?",
        "Prima.",
        "Mwah.",
        "Echt.",
    ]


def test_same_file_twice_is_stored_once(session: Session) -> None:
    import_interview(session, TALK, FACTS, imported_at=A_MOMENT)
    session.commit()

    again = import_interview(session, TALK, FACTS, imported_at=A_MOMENT)
    session.commit()

    assert not again.created
    counts = [
        session.scalar(select(func.count(table.id)))
        for table in (Interview, Turn, Respondent)
    ]
    assert counts == [1, 4, 2]
