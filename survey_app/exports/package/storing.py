"""Taking a package in: all of it or nothing. The caller owns the transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import insert, select, tuple_
from sqlalchemy.orm import Session

from survey_app.accounts.service import record
from survey_app.exports.package.checks import InvalidPackageError
from survey_app.exports.package.people import People
from survey_app.exports.package.questionnaire import Fielded, restore_questionnaire
from survey_app.exports.package.reading import Package
from survey_app.exports.package.rows import (
    AS_THEY_ARE,
    OF_ANSWERS,
    OF_CORRECTIONS,
    OF_JUDGEMENTS,
    TIMES,
)
from survey_app.insights.models import Correction, TextJudgement
from survey_app.responses.models import Answer, ErasedResponse, Response, ResponseMark

BATCH = 500
Row = dict[str, Any]
Place = tuple[int, str, int]  # a response, a question and a position


@dataclass(slots=True)
class PackageReport:
    slug: str
    new: int = 0
    known: int = 0  # there already, by number or by submission
    erased: int = 0  # erased here before, and so not taken in again


@dataclass(slots=True, kw_only=True)
class Intake:
    """One package on its way into one workspace."""

    session: Session
    fielded: Fielded
    people: People
    report: PackageReport

    def take(self, rows: Sequence[Row]) -> None:
        there = self._respondents_there(rows)
        erased = self._erased(rows)
        fresh = []
        for row in rows:
            if row["response_id"] in there:
                self.people.remember(row["respondent"], there[row["response_id"]])
                self.report.known += 1
            elif row["response_id"] in erased:
                self.report.erased += 1
            else:
                fresh.append(row)
        if fresh:
            self._store(fresh)
            self.report.new += len(fresh)

    def _respondents_there(self, rows: Sequence[Row]) -> dict[str, int]:
        """Whose responses those are that this workspace has already."""
        names = [row["response_id"] for row in rows]
        found = self.session.execute(
            select(Response.public_id, Response.respondent_id).where(
                Response.public_id.in_(names)
            )
        )
        return dict(found.all()) | self._submissions_there(rows)

    def _submissions_there(self, rows: Sequence[Row]) -> dict[str, int]:
        given = {
            (row["source"], row["submission_id"]): row["response_id"]
            for row in rows
            if row["submission_id"] is not None
        }
        found = self.session.execute(
            select(
                Response.source, Response.submission_id, Response.respondent_id
            ).where(tuple_(Response.source, Response.submission_id).in_(list(given)))
        )
        return {given[source, name]: person for source, name, person in found}

    def _erased(self, rows: Sequence[Row]) -> frozenset[str]:
        names = [row["response_id"] for row in rows]
        return frozenset(
            self.session.scalars(
                select(ErasedResponse.public_id).where(
                    ErasedResponse.public_id.in_(names)
                )
            )
        )

    def _store(self, rows: Sequence[Row]) -> None:
        self.people.meet([row["respondent"] for row in rows])
        responses = [self._response(row) for row in rows]
        ids = self.session.scalars(
            insert(Response).returning(Response.id, sort_by_parameter_order=True),
            responses,
        ).all()
        places = self._store_answers(rows, ids)
        self._store_marks(rows, ids)
        self._store_corrections(rows, ids, places)
        self._store_judgements(rows, ids, places)

    def _response(self, row: Row) -> Row:
        return {
            "public_id": row["response_id"],
            "version_id": self.fielded.versions[row["version"]],
            "wave_id": self.fielded.waves.get(row["wave"]),
            "respondent_id": self.people.known[row["respondent"]["number"]],
            **{name: row[name] for name in (*AS_THEY_ARE, *TIMES)},
        }

    def _store_answers(
        self, rows: Sequence[Row], ids: Sequence[int]
    ) -> dict[Place, int]:
        """Answers, by where they stand: corrections speak of them."""
        answers = [
            {
                "response_id": response_id,
                **{name: each[name] for name in (*OF_ANSWERS, "updated_at")},
                "on_path": True,
            }
            for row, response_id in zip(rows, ids, strict=True)
            for each in row["answers"]
        ]
        if not answers:
            return {}
        stored = self.session.scalars(
            insert(Answer).returning(Answer.id, sort_by_parameter_order=True), answers
        )
        return {
            (each["response_id"], each["question_id"], each["position"]): answer_id
            for each, answer_id in zip(answers, stored, strict=True)
        }

    def _store_marks(self, rows: Sequence[Row], ids: Sequence[int]) -> None:
        marks = [
            {
                **each,
                "response_id": response_id,
                "marked_by": self.people.staff(each["marked_by"]),
            }
            for row, response_id in zip(rows, ids, strict=True)
            for each in row["marks"]
        ]
        if marks:
            self.session.execute(insert(ResponseMark), marks)

    def _store_corrections(
        self, rows: Sequence[Row], ids: Sequence[int], places: Mapping[Place, int]
    ) -> None:
        corrections = [
            {
                **{name: each[name] for name in (*OF_CORRECTIONS, "corrected_at")},
                "answer_id": places[response_id, each["question_id"], each["position"]],
                "corrected_by": self.people.staff(each["corrected_by"]),
            }
            for row, response_id in zip(rows, ids, strict=True)
            for each in row["corrections"]
        ]
        if corrections:
            self.session.execute(insert(Correction), corrections)

    def _store_judgements(
        self, rows: Sequence[Row], ids: Sequence[int], places: Mapping[Place, int]
    ) -> None:
        judgements = [
            {
                **{name: each[name] for name in (*OF_JUDGEMENTS, "judged_at")},
                "answer_id": places[response_id, each["question_id"], each["position"]],
                "judged_by": self.people.staff(each["judged_by"]),
            }
            for row, response_id in zip(rows, ids, strict=True)
            for each in row["judgements"]
        ]
        if judgements:
            self.session.execute(insert(TextJudgement), judgements)


def import_package(
    session: Session, package: Package, *, name: str | None, at: datetime
) -> PackageReport:
    """Take it in as the questionnaire it was, or under another name."""
    fielded = restore_questionnaire(session, package, name=name)
    report = PackageReport(slug=fielded.slug)
    intake = Intake(
        session=session,
        fielded=fielded,
        people=People(session, package_name=package.name, at=at),
        report=report,
    )
    for rows in _batches(_distinct(package.responses())):
        intake.take(rows)
    record(
        session,
        actor_id=None,
        action="import_package",
        subject=f"questionnaire {fielded.slug}",
        at=at,
        detail={"new": report.new, "known": report.known, "erased": report.erased},
    )
    return report


def _distinct(rows: Iterable[Row]) -> Iterator[Row]:
    seen: set[str] = set()
    for row in rows:
        if row["response_id"] in seen:
            raise InvalidPackageError("a response stands there twice")
        seen.add(row["response_id"])
        yield row


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
