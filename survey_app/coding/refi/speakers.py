"""Speakers in an export: REFI-QDA has no word for them."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from survey_app.coding.refi.codes import SiblingNames
from survey_app.coding.refi.project import (
    Code,
    CodeSet,
    Coding,
    Project,
    Selection,
    Source,
    User,
    derived_guid,
)

PREFIX = "speaker:"


def speakers_as_sets(project: Project) -> Project:
    """A set for each speaker, with the sources in which they speak."""
    sets = tuple(
        CodeSet(
            guid=derived_guid("speaker set", speaker.guid),
            name=f"{PREFIX}{speaker.name}",
            sources=tuple(
                source.guid
                for source in project.sources
                if any(each.speaker == speaker.guid for each in source.spoken)
            ),
        )
        for speaker in project.speakers
    )
    return replace(project, sets=(*project.sets, *sets))


def speakers_as_codings(project: Project, title: str) -> Project:
    """A code for each speaker in a folder of its own, on everything they say."""
    if not project.speakers:
        return project
    codes = tuple(_codes(project, title))
    of_speaker = {
        speaker.guid: code.guid
        for speaker, code in zip(project.speakers, codes[1:], strict=True)
    }
    sources = tuple(
        replace(
            source,
            selections=(*source.selections, *_spoken(source, project, of_speaker)),
        )
        for source in project.sources
    )
    return replace(project, codes=(*project.codes, *codes), sources=sources)


def _codes(project: Project, title: str) -> Iterator[Code]:
    names = SiblingNames()
    for code in project.codes:
        if code.parent is None:
            names.free(None, code.name)
    folder = Code(
        guid=derived_guid("speakers"), name=names.free(None, title), is_codable=False
    )
    yield folder
    for speaker in project.speakers:
        yield _code(speaker, folder.guid, names)


def _code(speaker: User, folder: UUID, names: SiblingNames) -> Code:
    name = names.free(folder, speaker.name)
    guid = derived_guid("speaker code", speaker.guid)
    return Code(guid=guid, name=name, parent=folder)


def _spoken(
    source: Source, project: Project, codes: dict[UUID, UUID]
) -> Iterator[Selection]:
    at = source.modified_at or source.created_at or project.modified_at
    for each in source.spoken:
        guid = derived_guid("spoken", source.guid, each.start, each.end, each.speaker)
        coding = Coding(
            guid=derived_guid("coding", guid),
            code=codes.get(each.speaker, each.speaker),
            user=project.user,
            at=at,
        )
        yield Selection(
            guid=guid,
            start=each.start,
            end=each.end,
            quote=(source.text or "")[each.start : each.end],
            user=project.user,
            created_at=at,
            codings=(coding,),
        )
