"""Problems of a draft, each with the place in the editor where it is put right."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from survey_app.questionnaires.problems import Problem

TEXTS = frozenset(
    {
        *("id", "version", "languages", "title", "organisation", "contact", "minutes"),
        *("notice", "privacy", "consent", "thanks"),
    }
)
RULES = frozenset({"when", "show_if"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem, in the keeper's language."""

    code: str
    sentence: str
    fix: str
    place: str
    line: int | None
    is_error: bool
    address: str
    field: str  # the box on that page

    @property
    def words(self) -> str:
        return f"{self.sentence} {self.fix}"


def find_places(problems: Iterable[Problem], draft_id: int) -> list[Finding]:
    found = [_finding(problem, draft_id) for problem in problems]
    return sorted(found, key=lambda each: not each.is_error)


def findings_at(findings: Iterable[Finding], address: str) -> dict[str, str]:
    """By box, what is wrong on one page of the editor."""
    errors: dict[str, str] = {}
    for finding in findings:
        if finding.address.partition("#")[0] == address and finding.is_error:
            errors.setdefault(finding.field, finding.words)
    return errors


def _finding(problem: Problem, draft_id: int) -> Finding:
    page, field = _address(problem.path, draft_id)
    if "source" in page and problem.line is not None:
        field = f"line-{problem.line}"
    return Finding(
        problem.code,
        problem.sentence.translated(gettext),
        problem.fix.translated(gettext),
        problem.place,
        problem.line,
        problem.is_error,
        f"{page}#{field}",
        field,
    )


def _address(path: tuple[str | int, ...], draft_id: int) -> tuple[str, str]:
    match path:
        case ("pages", int(page), "questions", int(question), *rest):
            address = url_for(
                "draft_parts.question",
                draft_id=draft_id,
                page=page + 1,
                question=question + 1,
            )
            return address, _field(rest) or "title"
        case ("pages", int(page), *rest):
            address = url_for("draft_parts.page", draft_id=draft_id, page=page + 1)
            return address, _field(rest) or "id"
        case ("settings" | "touchpoints", *_rest):
            return url_for("draft_parts.settings", draft_id=draft_id), _field(path)
        case (str(key), *_rest) if key in TEXTS:
            return url_for("draft_parts.texts", draft_id=draft_id), _field(path)
    return url_for("draft_parts.source", draft_id=draft_id), "source"


def _field(path: Iterable[str | int]) -> str:
    """The box of a path; a rule is one place, however deep the problem lies in it."""
    steps = []
    for step in path:
        steps.append(str(step))
        if step in RULES:
            break
    return ".".join(steps)
