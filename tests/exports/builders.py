"""A questionnaire with a question of every type, and a response that fills it in."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from survey_app.exports.records import ResponseRecord, shown_questions
from survey_app.insights.models import Correction, TextJudgement
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.published import content_hash
from survey_app.questionnaires.question_set import (
    Detail,
    Option,
    Page,
    PrivacyMode,
    Question,
    QuestionAnalysis,
    QuestionSet,
    QuestionSetSettings,
    QuestionType,
)
from survey_app.questionnaires.rules import AnswerTo, Comparison, Literal
from survey_app.questionnaires.writing import write_question_set
from survey_app.responses.models import Answer, Response, ResponseMark
from survey_app.responses.said import Said
from tests.factories import make_response, make_staff_member, make_version, make_wave

_number = count(1)
STARTED = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)
SENT = datetime(2026, 10, 5, 12, 4, 30, tzinfo=UTC)


def texts(nl: str, en: str | None = None) -> dict[str, str]:
    return {"nl": nl, "en": en or f"{nl} (en)"}


def option(code: str, nl: str | None = None, **fields: Any) -> Option:
    return Option(code=code, label=texts(nl or code.capitalize()), **fields)


def question(name: str, kind: QuestionType, **fields: Any) -> Question:
    return Question(id=name, type=kind, title=texts(f"Vraag {name}"), **fields)


def scale(name: str, kind: QuestionType, first: int, last: int) -> Question:
    points = tuple(
        Option(code=str(n), label=texts(str(n), str(n))) for n in range(first, last + 1)
    )
    return question(
        name,
        kind,
        options=points,
        low_label=texts("Slecht", "Bad"),
        high_label=texts("Goed", "Good"),
    )


ABOUT_ALL = QuestionAnalysis(role="interactions", phase="experience")
EVERY_QUESTION = (
    question(
        "source",  # also the name of a column about the response itself
        QuestionType.CHOICE,
        options=(
            option("search", "Zoekmachine"),
            option(
                "other",
                "Anders",
                detail=Detail(label=texts("Namelijk"), max_length=300),
            ),
            option("dont_know", "Weet niet", missing=True, exclusive=True),
        ),
    ),
    question(
        "bought",
        QuestionType.YES_NO,
        options=(
            Option(code="yes", label=texts("Ja", "Yes")),
            Option(code="no", label=texts("Nee", "No")),
        ),
    ),
    question(
        "seen",
        QuestionType.MULTI,
        options=(option("site"), option("shop"), option("detail")),
    ),
    question(
        "matters",
        QuestionType.RANKING,
        options=(option("price"), option("speed"), option("care")),
    ),
    scale("ease", QuestionType.SCALE, 1, 5),
    scale("recommend", QuestionType.NPS, 0, 10),
    question(
        "judge",
        QuestionType.MATRIX,
        options=(option("good"), option("bad")),
        rows=(option("staff"), option("stock")),
    ),
    question("days", QuestionType.NUMBER, minimum=0, maximum=60),
    question("spent", QuestionType.NUMBER),
    question("day", QuestionType.DATE),
    question("name", QuestionType.TEXT_SHORT, max_length=300, analysis=ABOUT_ALL),
    question("words", QuestionType.TEXT_LONG, max_length=4000, analysis=ABOUT_ALL),
    question("mail", QuestionType.EMAIL),
    question("thanks", QuestionType.INFO),
)
WHY_NOT = question(
    "why_not", QuestionType.TEXT_LONG, max_length=4000, analysis=ABOUT_ALL
)
DID_NOT_BUY = Comparison("eq", AnswerTo("bought"), Literal("no"))

EVERYTHING_SAID = {
    "source": Said(("other",), "een vriend; =1+1"),
    "bought": Said(("yes",)),
    "seen": Said(("site", "detail")),
    "matters": Said(("care", "price", "speed")),
    "ease": Said(("4",)),
    "recommend": Said(("10",)),
    "judge__staff": Said(("good",)),
    "days": Said(("12",)),
    "spent": Said(("-2.5",)),
    "day": Said(("2026-09-30",)),
    "name": Said((), "=cmd|' /C calc'!A0"),
    "words": Said((), 'Fijn,\n"snel" 👩‍👩‍👧 عربى'),
    "words__about": Said(("delivery",)),
    "mail": Said(("a@example.org",)),
}


def make_question_set(
    questions: tuple[Question, ...] = EVERY_QUESTION, **fields: Any
) -> QuestionSet:
    pages = [Page(id="all", title=texts("Alles"), questions=questions)]
    if any(each.id == "bought" for each in questions):
        pages.append(Page(id="why", questions=(WHY_NOT,), show_if=DID_NOT_BUY))
    return QuestionSet(
        **{
            "id": "every",
            "version": "1.0.0",
            "languages": ("nl", "en"),
            "title": texts("Alles", "Everything"),
            "notice": texts("Vrijwillig"),
            "privacy": texts("Wij bewaren weinig."),
            "thanks_title": texts("Dank"),
            "thanks_text": texts("Ontvangen."),
            "pages": tuple(pages),
            "settings": QuestionSetSettings(
                prefill=("channel",),
                ask_back=True,
                privacy_mode=PrivacyMode.IDENTIFIED,
            ),
            **fields,
        }
    )


EVERY = make_question_set()


def make_record(
    said: Mapping[str, Said] = EVERYTHING_SAID,
    question_set: QuestionSet = EVERY,
    **fields: Any,
) -> ResponseRecord:
    return ResponseRecord(
        **{
            "row_id": 1,
            "response_id": "0123456789abcdefghjkmnpqrs",
            "receipt": "ZJ4F-5552",
            "version": "1.0.0",
            "question_set": question_set,
            "wave": "w1",
            "source": "link",
            "state": "submitted",
            "privacy_mode": "pseudonymous",
            "language_started": "nl",
            "language_submitted": "nl",
            "started_at": STARTED,
            "submitted_at": SENT,
            "changed_at": None,
            "device": "phone",
            "flags": ("too_fast",),
            "tags": ("bellen", "vip"),
            "note": "@later",
            "prefill": {"channel": "mail"},
            "said": said,
            "shown": shown_questions(question_set, said, {}),
            **fields,
        }
    )


def publish_every(
    session: Session, question_set: QuestionSet = EVERY, **columns: Any
) -> QuestionnaireVersion:
    """A published version that asks this."""
    source = write_question_set(question_set)
    return make_version(
        session,
        **{
            "version": question_set.version,
            "source": source,
            "content_hash": content_hash(source),
            **columns,
        },
    )


def answer_everything(
    session: Session,
    version: QuestionnaireVersion,
    said: Mapping[str, Said] = EVERYTHING_SAID,
    **columns: Any,
) -> Response:
    """A response that was filled in, with rows as the pages store them."""
    response = make_response(
        session,
        version,
        **{
            "started_at": STARTED,
            "submitted_at": SENT,
            "receipt": f"ZJ4F-{next(_number):04d}",
            **columns,
        },
    )
    response.answers = [
        Answer(
            question_id=name,
            position=place,
            code=code,
            text=each.text if place == 0 else None,
            updated_at=SENT,
        )
        for name, each in said.items()
        for place, code in enumerate(each.codes or (None,))
    ]
    session.flush()
    return response


def keep_everything(session: Session) -> QuestionnaireVersion:
    """Two versions, every state, every type of question, somebody who came twice."""
    version = publish_every(session)
    newer = publish_every(
        session,
        make_question_set(version="1.1.0"),
        questionnaire=version.questionnaire,
    )
    wave = make_wave(session, version, code="w1")
    first = answer_everything(
        session,
        version,
        public_id="a" * 26,
        wave=wave,
        note="bel terug",
        prefill={"channel": "mail"},
        submission_id="s1",
        source="import",
        changed_at=SENT,
    )
    member = make_staff_member(session, "researcher")
    first.marks = [
        ResponseMark(kind="tag", name="vip", marked_at=SENT, marked_by=member.id),
        ResponseMark(kind="flag", name="too_fast", marked_at=SENT),
    ]
    text = next(each for each in first.answers if each.question_id == "words")
    session.add(
        Correction(
            answer_id=text.id,
            start=0,
            end=4,
            quote=(text.text or "")[:4],
            touchpoint="product",
            polarity="positive",
            corrected_by=member.id,
            corrected_at=SENT,
            drawn="random",
        )
    )
    session.add(
        TextJudgement(
            answer_id=text.id,
            verdict="complete",
            drawn="random",
            judged_by=member.id,
            judged_at=SENT,
        )
    )
    answer_everything(
        session, newer, {"bought": Said(("no",))}, respondent=first.respondent
    )
    for state in ("excluded", "abandoned", "in_progress"):
        answer_everything(
            session, newer, state=state, receipt=None, privacy_mode="anonymous"
        )
    session.commit()
    return version
