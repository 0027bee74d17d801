"""XML from anywhere: no document type, so no entities; no network; not too deep."""

from collections.abc import Iterator
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString
from lxml import etree
from lxml.etree import _Element as Element

from survey_app.interviews.reading.errors import ReadingError

__all__ = ["Element", "attribute", "local_name", "named", "parse", "tags"]


class _PrologEndedError(Exception):
    """The first element has come, and nothing forbidden before it."""


class _Prolog(ContentHandler):
    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802, ARG002 - its name
        raise _PrologEndedError


def parse(data: bytes) -> Element:
    """The root; a document type is refused before anything of it is believed."""
    try:
        parseString(data, _Prolog(), forbid_dtd=True)
    except _PrologEndedError:
        pass
    except DefusedXmlException as error:
        raise ReadingError("unsafe_markup") from error
    except Exception as error:
        raise ReadingError("broken_file") from error
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError("broken_file") from error


def local_name(element: Element) -> str:
    """Without its namespace: those of strict and older writers differ."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """By its local name; empty if it is not there."""
    for key, value in element.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def named(root: Element, name: str) -> Iterator[Element]:
    yield from root.iter(f"{{*}}{name}")


def tags(text: str) -> frozenset[str]:
    return frozenset(text.split())
