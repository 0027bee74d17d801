"""The words of a mail: shipped or the keeper's own, with gaps that are filled in."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.invitations.models import MailText

GAP = re.compile(r"\{([^{}]*)\}")
LONGEST_SUBJECT = 150
LONGEST_BODY = 5_000


class TextKind(StrEnum):
    INVITATION = "invitation"
    REMINDER = "reminder"
    UNFINISHED = "unfinished"  # a reminder to who began
    RESULTS = "results"


GAPS = ("name", "link", "organisation", "days")


@dataclass(frozen=True, slots=True)
class MailWords:
    subject: str
    body: str

    def filled(self, values: Mapping[str, str]) -> "MailWords":
        """In one go, so that a gap in somebody's name stays what it is."""
        return MailWords(_filled(self.subject, values), _filled(self.body, values))


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a text; the page says it in words."""

    field: str  # subject or body
    problem: str  # empty, too_long, unknown_gap, loose_brace, no_link, link
    detail: str = ""


def shipped_words(kind: TextKind, language: str) -> MailWords:
    words = _shipped()[kind][language]
    return MailWords(words["subject"], words["body"].strip())


def nameless(language: str) -> str:
    """How somebody is greeted whose name we do not know."""
    return str(_shipped()["name"][language])


def footer(language: str) -> str:
    return str(_shipped()["footer"][language])


def find_words(
    session: Session, questionnaire_id: int, kind: TextKind, language: str
) -> MailWords:
    """The keeper's words where there are any, otherwise the shipped ones."""
    own = find_own_words(session, questionnaire_id, kind, language)
    if own is None:
        return shipped_words(kind, language)
    return MailWords(own.subject, own.body)


def find_own_words(
    session: Session, questionnaire_id: int, kind: TextKind, language: str
) -> MailText | None:
    return session.scalar(
        select(MailText).where(
            MailText.questionnaire_id == questionnaire_id,
            MailText.kind == kind,
            MailText.language == language,
        )
    )


def save_words(
    session: Session,
    words: MailWords,
    *,
    questionnaire_id: int,
    kind: TextKind,
    language: str,
) -> None:
    """Keep the keeper's words; the shipped ones again when they are the same."""
    own = find_own_words(session, questionnaire_id, kind, language)
    if words == shipped_words(kind, language):
        if own is not None:
            session.delete(own)
        return
    if own is None:
        own = MailText(questionnaire_id=questionnaire_id, kind=kind, language=language)
        session.add(own)
    own.subject, own.body = words.subject, words.body


def tidy(subject: str, body: str) -> MailWords:
    """As posted by a form: one line, and lines that end as ours do."""
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return MailWords(
        " ".join(subject.split()), "\n".join(line.rstrip() for line in lines).strip()
    )


def check_words(words: MailWords) -> list[Complaint]:
    found = [
        *_check("subject", words.subject, LONGEST_SUBJECT),
        *_check("body", words.body, LONGEST_BODY),
    ]
    if "{link}" in words.subject:
        found.append(Complaint("subject", "link"))
    if words.body and "{link}" not in words.body:
        found.append(Complaint("body", "no_link"))
    return found


def _check(field: str, text: str, longest: int) -> list[Complaint]:
    if not text:
        return [Complaint(field, "empty")]
    found = []
    if len(text) > longest:
        found.append(Complaint(field, "too_long", str(longest)))
    unknown = [gap for gap in GAP.findall(text) if gap not in GAPS]
    found += [Complaint(field, "unknown_gap", gap) for gap in dict.fromkeys(unknown)]
    if any(brace in GAP.sub("", text) for brace in "{}"):
        found.append(Complaint(field, "loose_brace"))
    return found


def _filled(text: str, values: Mapping[str, str]) -> str:
    return GAP.sub(lambda gap: values.get(gap[1], gap[0]), text)


@cache
def _shipped() -> Mapping[str, Any]:
    source = files("survey_app.invitations") / "mail_texts.toml"
    return cast("Mapping[str, Any]", tomllib.loads(source.read_text("utf-8")))
