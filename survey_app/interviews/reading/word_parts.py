"""The parts of a Word document, by what they are to the main one."""

import posixpath
from collections.abc import Iterator

from survey_app.interviews.reading.archives import Archive
from survey_app.interviews.reading.markup import Element, attribute, named, parse


class Parts:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        found = dict(self._relations("", "_rels/.rels"))
        self.main = found.get("officeDocument", "word/document.xml")
        folder, name = posixpath.split(self.main)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        self._related = list(self._relations(folder, rels))

    def tree(self, name: str) -> Element | None:
        data = self._archive.read(name)
        return None if data is None else parse(data)

    def related(self, kind: str) -> Element | None:
        return next(self.all_related((kind,)), None)

    def all_related(self, kinds: tuple[str, ...]) -> Iterator[Element]:
        for kind, name in self._related:
            if kind in kinds and (tree := self.tree(name)) is not None:
                yield tree

    def _relations(self, folder: str, name: str) -> Iterator[tuple[str, str]]:
        tree = self.tree(name)
        for each in () if tree is None else named(tree, "Relationship"):
            kind = attribute(each, "Type").rpartition("/")[2]
            target = posixpath.join("/", folder, attribute(each, "Target"))
            if attribute(each, "TargetMode") != "External":
                yield kind, posixpath.normpath(target).lstrip("/")
