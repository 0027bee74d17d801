"""A package comes back without loss, and a hostile one leaves nothing behind."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.exports.package.checks import InvalidPackageError
from survey_app.exports.package.commands import import_package_command
from survey_app.exports.package.reading import open_package
from survey_app.exports.package.storing import PackageReport, import_package
from survey_app.exports.selection import Selection
from survey_app.insights.models import Correction
from survey_app.questionnaires.models import Questionnaire, QuestionnaireVersion
from survey_app.questionnaires.settings import PrivacyMode, QuestionSetSettings
from survey_app.responses.models import Answer, ErasedResponse, Response
from survey_app.responses.said import Said
from tests.exports.builders import (
    EVERYTHING_SAID,
    SENT,
    answer_everything,
    keep_everything,
    make_question_set,
    publish_every,
)
from tests.exports.reading import export
from tests.factories import A_MOMENT

Files = dict[str, bytes]


@pytest.fixture
def version(session: Session) -> QuestionnaireVersion:
    return keep_everything(session)


@pytest.fixture
def package(database: Database, version: QuestionnaireVersion, tmp_path: Path) -> Path:
    selection = Selection(questionnaire_id=version.questionnaire_id)
    return export(database, tmp_path, "package", selection)


@pytest.fixture
def elsewhere(tmp_path: Path, sqlite_template: Path) -> Iterator[Database]:
    """Another workspace, empty."""
    path = tmp_path / "elsewhere.db"
    path.write_bytes(sqlite_template.read_bytes())
    database = Database(f"sqlite:///{path}")
    yield database
    database.dispose()


def take_in(database: Database, path: Path, name: str | None = None) -> PackageReport:
    with open_package(path) as package, database.transaction() as session:
        return import_package(session, package, name=name, at=A_MOMENT)


def lines_of(path: Path) -> list[dict[str, Any]]:
    with ZipFile(path) as archive:
        return [
            json.loads(line) for line in archive.read("responses.jsonl").splitlines()
        ]


def files_of(path: Path) -> Files:
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def count_rows(database: Database) -> int:
    with database.read() as session:
        kinds = (Response, Answer, Questionnaire, QuestionnaireVersion)
        return sum(
            session.scalar(select(func.count()).select_from(k)) or 0 for k in kinds
        )


def test_package_comes_back_without_loss(
    package: Path, elsewhere: Database, tmp_path: Path
) -> None:
    report = take_in(elsewhere, package)

    with elsewhere.read() as session:
        questionnaire = session.scalars(select(Questionnaire)).one()
    again = tmp_path / "again"
    again.mkdir()
    second = export(
        elsewhere, again, "package", Selection(questionnaire_id=questionnaire.id)
    )
    assert (report.new, report.known) == (5, 0)
    assert lines_of(second) == lines_of(package)
    before, after = files_of(package), files_of(second)
    assert {n: c for n, c in after.items() if n.startswith("versions/")} == {
        n: c for n, c in before.items() if n.startswith("versions/")
    }
    told, told_again = (json.loads(each["manifest.json"]) for each in (before, after))
    assert told["waves"] == told_again["waves"]
    assert told["versions"] == told_again["versions"]
    assert (told["questionnaire"]["state"], questionnaire.state) == ("open", "closed")


def test_package_that_was_made_before_answers_could_be_changed_is_taken_in(
    package: Path, elsewhere: Database, tmp_path: Path
) -> None:
    older = _with_line(lambda row: row.pop("changed_at"))(files_of(package))

    report = take_in(elsewhere, rewrite(tmp_path / "older.zip", older))

    assert report.new == 5
    with elsewhere.read() as session:
        assert set(session.scalars(select(Response.changed_at))) == {None}


def test_package_that_was_made_before_texts_were_judged_is_taken_in(
    package: Path, elsewhere: Database, tmp_path: Path
) -> None:
    def without(row: dict[str, Any]) -> None:
        del row["judgements"]
        del row["corrections"][0]["drawn"]

    take_in(
        elsewhere,
        rewrite(tmp_path / "older.zip", _with_line(without)(files_of(package))),
    )

    with elsewhere.read() as session:
        assert session.scalars(select(Correction.drawn)).all() == [None]


def test_what_staff_said_stays_out_of_figures_where_it_is_taken_in(
    session: Session, database: Database, elsewhere: Database, tmp_path: Path
) -> None:
    mode = PrivacyMode.IDENTIFIED
    of_staff = QuestionSetSettings(in_figures=False, privacy_mode=mode)
    version = publish_every(session, make_question_set(settings=of_staff))
    answer_everything(session, version)
    session.commit()
    selection = Selection(questionnaire_id=version.questionnaire_id)

    take_in(elsewhere, export(database, tmp_path, "package", selection))

    with elsewhere.read() as there:
        assert there.scalars(select(Questionnaire.in_figures)).one() is False


def test_package_into_the_same_workspace_changes_nothing(
    database: Database, package: Path
) -> None:
    before = count_rows(database)

    report = take_in(database, package)

    assert (report.new, report.known, count_rows(database)) == (0, 5, before)


def test_package_holds_no_address_and_no_key(package: Path) -> None:
    everything = b"".join(files_of(package).values())

    assert b"a@example.org" not in json.dumps(lines_of(package)).encode()
    assert b"resume_key" not in everything
    assert b"researcher@example.org" not in everything


def test_anonymous_lines_tell_no_more_than_the_day(package: Path) -> None:
    times = {
        line[name]
        for line in lines_of(package)
        if line["privacy_mode"] == "anonymous"
        for name in ("started_at", "last_activity_at", "submitted_at")
    }

    assert times == {"2026-10-05T00:00:00+00:00"}


def test_people_who_came_twice_stay_one(package: Path, elsewhere: Database) -> None:
    take_in(elsewhere, package)

    with elsewhere.read() as session:
        people = session.scalars(select(Response.respondent_id)).all()
        corrector = session.scalars(select(Correction)).one()
    assert len(set(people)) == len(people) - 1
    assert corrector.quote == (EVERYTHING_SAID["words"].text or "")[:4]


def test_what_was_erased_here_is_not_taken_in_again(
    database: Database, session: Session, package: Path, version: QuestionnaireVersion
) -> None:
    session.delete(
        session.scalars(select(Response).where(Response.public_id == "a" * 26)).one()
    )
    session.add(
        ErasedResponse(
            public_id="a" * 26,
            questionnaire_id=version.questionnaire_id,
            erased_on=SENT.date(),
            reason="asked",
        )
    )
    session.commit()

    report = take_in(database, package)

    assert (report.new, report.known, report.erased) == (0, 4, 1)


def test_other_questions_under_one_version_need_another_name(
    elsewhere: Database, package: Path, tmp_path: Path
) -> None:
    take_in(elsewhere, package)
    files = files_of(package)
    files["versions/1.0.0.toml"] += b"# other words\n"
    other = rewrite(tmp_path / "other.zip", files)

    with pytest.raises(InvalidPackageError, match="with other questions"):
        take_in(elsewhere, other)

    assert take_in(elsewhere, other, "other").slug == "other"


def rewrite(path: Path, files: Files, *, sums: bool = True) -> Path:
    """The package with other files, and checksums that fit unless told otherwise."""
    manifest = json.loads(files["manifest.json"])
    if sums:
        manifest["files"] = {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for name, content in files.items()
            if name != "manifest.json"
        }
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if name != "manifest.json":
                archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))
    return path


def _with_line(change: Callable[[dict[str, Any]], object]) -> Callable[[Files], Files]:
    def spoil(files: Files) -> Files:
        rows = [json.loads(line) for line in files["responses.jsonl"].splitlines()]
        change(next(row for row in rows if row["corrections"]))
        lines = "".join(f"{json.dumps(row)}\n" for row in rows)
        return files | {"responses.jsonl": lines.encode()}

    return spoil


def _with_manifest(**told: Any) -> Callable[[Files], Files]:
    def spoil(files: Files) -> Files:
        manifest = json.loads(files["manifest.json"]) | told
        return files | {"manifest.json": json.dumps(manifest).encode()}

    return spoil


SPOILT: dict[str, tuple[Callable[[Files], Files], str]] = {
    "zip slip": (lambda f: f | {"../../evil.txt": b"x"}, "does not belong"),
    "absolute": (lambda f: f | {"/etc/passwd": b"x"}, "does not belong"),
    "bomb": (
        lambda f: f | {"responses.jsonl": b"0" * (8 << 20)},
        "far too much",
    ),
    "no manifest": (lambda f: f | {"manifest.json": b"{}"}, "no package of Klantreis"),
    "future": (_with_manifest(format_version=9), "this version reads 1"),
    "nonsense": (
        lambda f: f | {"responses.jsonl": b"{{{\n"},
        "response 1: is not JSON",
    ),
    "deep": (
        lambda f: f | {"responses.jsonl": b"[" * 200_000 + b"\n"},
        "response 1: is not JSON",
    ),
    "not utf-8": (lambda f: f | {"responses.jsonl": b'"\xff"\n'}, "is not UTF-8"),
    "too few": (_with_manifest(responses=6), "more or fewer"),
    "odd state": (_with_line(lambda r: r.update(state="done")), "state: is none of"),
    "long text": (
        _with_line(lambda r: r["answers"][0].update(code="x" * 201)),
        "code: is no text of at most 200",
    ),
    "nul": (
        _with_line(lambda r: r.update(note="a\0b")),
        "holds characters that no text has",
    ),
    "no zone": (
        _with_line(lambda r: r.update(started_at="2026-10-05T12:00:00")),
        "without a time zone",
    ),
    "more": (
        _with_line(lambda r: r.update(admin=True)),
        "lacks or has too much: admin",
    ),
    "no version": (_with_line(lambda r: r.update(version="7.0.0")), "no version 7.0.0"),
    "no wave": (_with_line(lambda r: r.update(wave="w9")), "no wave w9"),
    "twice": (
        _with_line(lambda r: r["answers"].append(r["answers"][0])),
        "twice, or is empty",
    ),
    "wrong words": (
        _with_line(lambda r: r["corrections"][0].update(quote="anders")),
        "words that are not there",
    ),
    "no such text": (
        _with_line(lambda r: r["judgements"][0].update(position=99)),
        "of a text that is not there",
    ),
    "drawn by lot": (
        _with_line(lambda r: r["judgements"][0].update(drawn="lot")),
        "is none of random",
    ),
    "bad questions": (
        lambda f: f | {"versions/1.0.0.toml": b"id = 3"},
        "version 1.0.0 is not valid",
    ),
}


@pytest.mark.parametrize("name", SPOILT)
def test_hostile_package_is_refused_and_nothing_stored(
    package: Path, elsewhere: Database, tmp_path: Path, name: str
) -> None:
    spoil, complaint = SPOILT[name]
    bad = rewrite(tmp_path / "bad.zip", spoil(files_of(package)))
    before = count_rows(elsewhere)

    with pytest.raises(InvalidPackageError, match=complaint):
        take_in(elsewhere, bad)

    assert count_rows(elsewhere) == before
    assert not (tmp_path.parent / "evil.txt").exists()


def test_changed_file_does_not_fit_its_checksum(
    package: Path, elsewhere: Database, tmp_path: Path
) -> None:
    files = files_of(package)
    files["versions/1.0.0.json"] += b" "
    bad = rewrite(tmp_path / "bad.zip", files, sums=False)

    with pytest.raises(InvalidPackageError, match="damaged or changed"):
        take_in(elsewhere, bad)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip", b"PK" * 5000])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(content)

    with pytest.raises(InvalidPackageError), open_package(path):
        pass


def test_command_says_in_one_line_what_it_did(
    package: Path, elsewhere: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", elsewhere.url)
    monkeypatch.setenv("KLANTREIS_INSTANCE", str(tmp_path / "instance"))
    run = CliRunner().invoke

    done = run(import_package_command, [str(package)])
    refused = run(import_package_command, [__file__])
    misnamed = run(import_package_command, [str(package), "--as", "../x"])

    assert "5 new responses of" in done.output
    assert (refused.exit_code, misnamed.exit_code) == (1, 1)
    assert "it cannot be unpacked" in refused.output


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1
)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(texts=st.lists(WORDS, min_size=1, max_size=5))
def test_any_words_come_back(
    sqlite_template: Path, tmp_path: Path, texts: list[str]
) -> None:
    for name in ("one.db", "two.db"):
        (tmp_path / name).write_bytes(sqlite_template.read_bytes())
    one, two = (Database(f"sqlite:///{tmp_path / n}") for n in ("one.db", "two.db"))
    with one.transaction() as session:
        version = publish_every(session)
        for text in texts:
            answer_everything(session, version, {"words": Said((), text)})
    selection = Selection(questionnaire_id=version.questionnaire_id)

    take_in(two, export(one, tmp_path, "package", selection))

    with two.read() as session:
        said = session.scalars(select(Answer.text)).all()
    assert sorted(map(str, said)) == sorted(texts)
    for database in (one, two):
        database.dispose()
