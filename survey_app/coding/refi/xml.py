"""REFI-QDA's XML as elements: no DTD, no entities, no network, and never too much."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from survey_app.coding.file_notices import Notices, RefusedFileError
from survey_app.coding.refi.schema import CODEBOOK, PROJECT, SHAPES

NAME = re.compile(r"\{(urn:QDA-XML:(?:project|codebook):[^}]*)\}(.+)")
KNOWN = {PROJECT, CODEBOOK}
LARGEST = 20 << 20
MOST_ELEMENTS = 1_000_000
DEEPEST = 100
TROUBLE = (ParseError, DefusedXmlException, ValueError, LookupError)


class _Builder(TreeBuilder):
    """Takes the namespace off, and stops when there is no end to it."""

    def __init__(self) -> None:
        super().__init__()
        self.namespaces: set[str] = set()
        self.is_refi = False  # by the namespace of its root
        self._count = self._depth = 0

    def start(self, tag: str, attributes: dict[str, str], /) -> Element:
        self._count += 1
        self._depth += 1
        if self._count == 1:
            self.is_refi = NAME.fullmatch(tag) is not None
        if self._count > MOST_ELEMENTS or self._depth > DEEPEST:
            raise RefusedFileError("too_much_inside", most=LARGEST >> 20)
        return super().start(self._plain(tag), attributes)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(self._plain(tag))

    def _plain(self, tag: str) -> str:
        found = NAME.fullmatch(tag)
        if found is None:
            return tag
        self.namespaces.add(found[1])
        return found[2]


def parse_refi(content: bytes, root_name: str, notices: Notices) -> Element:
    """The root, if it is the one that was asked for."""
    if len(content) > LARGEST:
        raise RefusedFileError("too_large", most=LARGEST >> 20)
    builder = _Builder()
    parser = XMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except RefusedFileError:
        raise
    except TROUBLE as error:
        raise RefusedFileError("no_xml") from error
    if root.tag != root_name or not builder.is_refi:
        is_alike = root.tag.rpartition("}")[2] == root_name
        raise RefusedFileError("wrong_namespace" if is_alike else "no_refi")
    for other in sorted(builder.namespaces - KNOWN):
        notices.note("other_version", version=other.rpartition("XML:")[2][:40])
    _count_unknown(root, notices)
    return root


def texts_of(element: Element, name: str) -> str:
    """The text of a child, with our line breaks; empty without one."""
    found = element.find(name)
    text = "" if found is None else "".join(found.itertext())
    return text.replace("\r\n", "\n").replace("\r", "\n")


def references(element: Element, name: str) -> Iterator[str]:
    """What children point to; codebooks of their own say ``guid``."""
    for child in element.findall(name):
        target = child.get("targetGUID") or child.get("guid")
        if target:
            yield target


def _count_unknown(root: Element, notices: Notices) -> None:
    found: Counter[str] = Counter()
    stack = [root]
    while stack:
        element = stack.pop()
        shape = SHAPES.get(element.tag)
        known = shape.names if shape else ()
        if element is root and root.tag == "CodeBook":
            known = (*known, "Sets")
        for child in element:
            if child.tag in known:
                stack.append(child)
            else:
                found[child.tag.rpartition("}")[2][:60]] += 1
    for name, count in sorted(found.items())[:50]:
        notices.note("unknown_element", "", count, name=name)
