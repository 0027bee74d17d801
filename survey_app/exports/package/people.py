"""Who is who in a package: respondents found again, staff behind closed accounts."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from survey_app.accounts.models import StaffMember
from survey_app.respondents.models import Respondent


class People:
    """Respondents by their number in the package, as rows of this workspace."""

    def __init__(self, session: Session, *, package_name: str, at: datetime) -> None:
        self._session = session
        self._package = package_name
        self._at = at
        self._staff: dict[int, int] = {}
        self.known: dict[int, int] = {}

    def remember(self, respondent: Mapping[str, Any], respondent_id: int) -> None:
        self.known.setdefault(respondent["number"], respondent_id)

    def meet(self, respondents: Sequence[Mapping[str, Any]]) -> None:
        """Find again who is known by a key; who is not gets a row."""
        new = {
            each["number"]: each
            for each in respondents
            if each["number"] not in self.known
        }
        keys = {each["external_key"]: number for number, each in new.items()}
        found = self._session.execute(
            select(Respondent.external_key, Respondent.id).where(
                Respondent.external_key.in_(keys.keys() - {None})
            )
        )
        for key, respondent_id in found:
            self.known[keys[key]] = respondent_id
        self._add([each for n, each in new.items() if n not in self.known])

    def _add(self, respondents: Sequence[Mapping[str, Any]]) -> None:
        if not respondents:
            return
        names = ("external_key", "created_at")
        rows = [{name: each[name] for name in names} for each in respondents]
        returning = insert(Respondent).returning(
            Respondent.id, sort_by_parameter_order=True
        )
        ids = self._session.scalars(returning, rows)
        for each, respondent_id in zip(respondents, ids, strict=True):
            self.known[each["number"]] = respondent_id

    def staff(self, number: int | None) -> int | None:
        """An account that nobody can sign in with, for who corrected elsewhere."""
        if number is None:
            return None
        if number not in self._staff:
            self._staff[number] = self._closed_account(number)
        return self._staff[number]

    def _closed_account(self, number: int) -> int:
        email = f"staff-{number}@package-{self._package}.invalid"
        found = self._session.scalar(
            select(StaffMember.id).where(StaffMember.email == email)
        )
        if found is not None:
            return found
        member = StaffMember(
            email=email,
            password="",  # no password has this hash
            active=False,
            fs_uniquifier=secrets.token_hex(32),
            created_at=self._at,
        )
        self._session.add(member)
        self._session.flush()
        return member.id
