"""The plainest valid row of each kind; a test names only what matters to it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from itertools import count
from pathlib import Path
from secrets import token_hex
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.accounts.models import Role, StaffMember
from survey_app.accounts.permissions import ROLES
from survey_app.insights.models import AnalysedText, Mention
from survey_app.interviews.models import Interview
from survey_app.interviews.service import InterviewFacts, import_interview
from survey_app.questionnaires.models import (
    Questionnaire,
    QuestionnaireVersion,
    Wave,
)
from survey_app.questionnaires.published import content_hash
from survey_app.respondents.models import Respondent
from survey_app.responses.models import Answer, Response

A_MOMENT = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
A_MONDAY = date(2026, 10, 5)
PASSWORD = "a-good-password"

STANDARD = (
    Path(__file__).parents[1].joinpath("question_sets/standard_v1.toml").read_text()
)

_number = count(1)


def make_version(session: Session, **columns: Any) -> QuestionnaireVersion:
    questionnaire = Questionnaire(slug=f"survey{next(_number)}", state="open")
    version = QuestionnaireVersion(
        **{
            "questionnaire": questionnaire,
            "version": "1.0.0",
            "content_hash": content_hash(STANDARD),
            "source": STANDARD,
            "published_at": A_MOMENT,
            **columns,
        }
    )
    session.add(version)
    session.flush()
    questionnaire.active_version = version
    return version


def make_wave(session: Session, version: QuestionnaireVersion, **columns: Any) -> Wave:
    number = next(_number)
    wave = Wave(
        **{
            "questionnaire_id": version.questionnaire_id,
            "code": f"w{number}",
            "name": f"Golf {number}",
            "starts_on": date(2026, 9, 1),
            "ends_on": date(2026, 10, 31),
            **columns,
        }
    )
    session.add(wave)
    session.flush()
    return wave


def make_respondent(session: Session, **columns: Any) -> Respondent:
    respondent = Respondent(**{"created_at": A_MOMENT, **columns})
    session.add(respondent)
    return respondent


def make_response(
    session: Session,
    version: QuestionnaireVersion,
    texts: Mapping[str, str] | None = None,
    *,
    codes: Mapping[str, str] | None = None,
    **columns: Any,
) -> Response:
    """A submitted response; ``texts`` by question role, ``codes`` by question id."""
    response = Response(
        **{
            "version": version,
            "respondent": make_respondent(session),
            "state": "submitted",
            "source": "link",
            "language_started": "nl",
            "language_submitted": "nl",
            "started_at": A_MOMENT,
            "last_activity_at": A_MOMENT,
            "submitted_at": A_MOMENT,
            **columns,
        }
    )
    response.answers = [
        Answer(question_id=role, role=role, text=text, updated_at=A_MOMENT)
        for role, text in (texts or {}).items()
    ]
    response.answers += [
        Answer(question_id=question_id, code=code, updated_at=A_MOMENT)
        for question_id, code in (codes or {}).items()
    ]
    session.add(response)
    session.flush()
    return response


def make_interview(
    session: Session, text: str = "Interviewer: Hoe ging het?\nAnna: De site is traag."
) -> Interview:
    facts = InterviewFacts(title="Interview", source_name="i.txt", language="nl")
    return import_interview(
        session, text.encode(), facts, imported_at=A_MOMENT
    ).interview


def make_staff_member(session: Session, role: str) -> StaffMember:
    """Somebody who signs in with ``PASSWORD``."""
    known = session.scalar(select(Role).where(Role.name == role))
    member = StaffMember(
        email=f"{role}@example.org",
        password=_password_hash(),
        fs_uniquifier=token_hex(32),
        created_at=A_MOMENT,
        roles=[known or Role(name=role, permissions=sorted(ROLES[role]))],
    )
    session.add(member)
    session.commit()
    return member


@cache
def _password_hash() -> str:
    return PasswordHasher().hash(PASSWORD)


def make_analysed_text(
    session: Session, answer: Answer, **columns: Any
) -> AnalysedText:
    """An answer's text as analysed; who, when and where follow its response."""
    response = answer.response
    text = AnalysedText(
        **{
            "answer_id": answer.id,
            "respondent_id": response.respondent_id,
            "wave_id": response.wave_id,
            "source": "survey",
            "role": answer.role,
            "language": "nl",
            "week": A_MONDAY.toordinal(),
            "generation": 1,
            "version": "1",
            "analysed_at": A_MOMENT,
            **columns,
        }
    )
    answer.analysis_version = str(text.generation)
    session.add(text)
    session.flush()
    return text


def make_mention(session: Session, text: AnalysedText, **columns: Any) -> Mention:
    """A mention of delivery in the first five characters; its score says how."""
    score = columns.get("score", -0.6)
    polarity = "negative" if score < 0 else "positive" if score > 0 else "neutral"
    shared = ("respondent_id", "wave_id", "source", "role", "language", "week")
    mention = Mention(
        **{
            "analysed_text": text,
            "start": 0,
            "end": 5,
            "touchpoint": "delivery",
            "polarity": polarity,
            "score": score,
            "confidence": 0.8,
            "emotion": "none",
            "stance": "fact",
            "cues": [],
            "method": "model",
            "generation": text.generation,
            **{name: getattr(text, name) for name in shared},
            **columns,
        }
    )
    session.add(mention)
    session.flush()
    return mention


def make_opinion(
    session: Session,
    version: QuestionnaireVersion,
    score: float,
    *,
    words: str = "Het duurde lang",
    wave: Wave | None = None,
    **columns: Any,
) -> Mention:
    """One more customer, who said one thing of one touchpoint."""
    response = make_response(session, version, {"interactions": words}, wave=wave)
    week = columns.get("week", A_MONDAY.toordinal())
    text = make_analysed_text(session, response.answers[0], week=week)
    return make_mention(session, text, score=score, **columns)
