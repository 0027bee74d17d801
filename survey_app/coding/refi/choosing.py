"""What of a project leaves the house: only some rounds, and coders by other names."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal
from uuid import UUID

from survey_app.coding.refi.project import Project, Selection, Source, User
from survey_app.coding.refi.speakers import speakers_as_codings, speakers_as_sets

ADDRESS = re.compile(r"([^@\s]+)@\S+\.\S+")
Pseudonyms = Mapping[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    """``crlf`` is for MAXQDA: the texts change, positions do not.

    With pseudonyms, coders who have none go without a name.
    """

    crlf: bool = False
    rounds: frozenset[str] | None = None  # all of them
    pseudonyms: Pseudonyms | None = None
    speakers: Literal["none", "sets", "codings"] = "sets"
    speakers_title: str = "Speakers"


def chosen(project: Project, options: ExportOptions) -> Project:
    """The project as it leaves the house."""
    if options.rounds is not None:
        project = only_rounds(project, options.rounds)
    if options.speakers == "sets":
        project = speakers_as_sets(project)
    elif options.speakers == "codings":
        project = speakers_as_codings(project, options.speakers_title)
    users = tuple(_shown(user, options.pseudonyms) for user in project.users)
    return replace(project, users=users)


def pseudonyms_for(users: Collection[User], title: str) -> dict[UUID, str]:
    """``Coder 1``, ``Coder 2`` and so on, in their order."""
    return {user.guid: f"{title} {place}" for place, user in enumerate(users, 1)}


def only_rounds(project: Project, rounds: Collection[str]) -> Project:
    """Without the codings of other rounds, and what only they had: memos, coders."""
    sources = tuple(_of_rounds(source, rounds) for source in project.sources)
    left = replace(project, sources=sources)
    selections = {each.guid for source in sources for each in source.selections}
    gone = set(_memos(project)) - set(_memos(left))
    left = replace(
        left,
        notes=tuple(note for note in project.notes if note.guid not in gone),
        sets=tuple(
            replace(each, notes=tuple(note for note in each.notes if note not in gone))
            for each in project.sets
        ),
        cases=tuple(
            replace(
                case,
                selections=tuple(
                    guid for guid in case.selections if guid in selections
                ),
            )
            for case in project.cases
        ),
    )
    lost = set(_people(project)) - set(_people(left))
    users = tuple(user for user in project.users if user.guid not in lost)
    return replace(left, users=users)


def _of_rounds(source: Source, rounds: Collection[str]) -> Source:
    kept = []
    for selection in source.selections:
        codings = tuple(each for each in selection.codings if each.round in rounds)
        is_highlight = not selection.codings and selection.round in rounds
        if codings or is_highlight:
            kept.append(replace(selection, codings=codings))
    whole = tuple(each for each in source.codings if each.round in rounds)
    return replace(source, selections=tuple(kept), codings=whole)


def _memos(project: Project) -> Iterator[UUID]:
    yield from project.memos
    for code in project.codes:
        yield from code.notes
    for source in project.sources:
        yield from source.notes
        for each in source.codings:
            yield from each.notes
        yield from chain.from_iterable(map(_memos_of, source.selections))


def _memos_of(selection: Selection) -> Iterator[UUID]:
    yield from selection.notes
    for each in selection.codings:
        yield from each.notes


def _people(project: Project) -> Iterator[UUID | None]:
    yield project.user
    yield from (note.author for note in project.notes)
    for source in project.sources:
        yield source.user
        yield from (each.user for each in source.codings)
        for selection in source.selections:
            yield selection.user
            yield from (each.user for each in selection.codings)


def _shown(user: User, pseudonyms: Pseudonyms | None) -> User:
    """No address leaves the house as somebody's name."""
    if pseudonyms is not None:
        return replace(user, name=pseudonyms.get(user.guid, ""))
    return replace(user, name=ADDRESS.sub(r"\1", user.name))
