"""An XForm that pyxform made, and what it says to somebody with these answers."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from lxml import etree
from pyxform.xls2xform import convert  # type: ignore[import-untyped] # has none

from survey_app.questionnaires.rules import Answers, codes_in

XFORMS = "{http://www.w3.org/2002/xforms}"


class XForm:
    """Fills in the form's own instance and works out its own expressions."""

    def __init__(self, workbook: bytes) -> None:
        form = convert(BytesIO(workbook), validate=False).xform
        self._root = etree.fromstring(form.encode())
        instance = self._root.find(f".//{XFORMS}instance")
        assert instance is not None
        self._data = etree.ElementTree(_without_namespaces(instance[0]))

    def says(self, question_id: str, part: str, language: str) -> str | None:
        """A label or hint; None where there is none."""
        found = self._root.xpath(
            "//*[local-name() = 'translation'][@lang = $language]"
            "/*[local-name() = 'text'][contains(@id, $id)]/*",
            language=language,
            id=f"/{question_id}:{part}",
        )
        if not found:
            return None
        output = found[0].find(f"{XFORMS}output")
        if output is None:
            return str(found[0].text)
        return self._calculated(output.get("value", "").strip())

    def fill_in(self, answers: Answers) -> None:
        for name, value in answers.items():
            (node,) = self._data.xpath(f"//{name}")
            node.text = " ".join(codes_in(value))

    def _calculated(self, path: str) -> str:
        (bind,) = self._root.xpath(
            "//*[local-name() = 'bind'][@nodeset = $path]", path=path
        )
        found = self._data.xpath(bind.get("calculate"), extensions=FUNCTIONS)
        return str(found)


def _without_namespaces(element: Any) -> Any:
    for node in element.iter():
        node.tag = etree.QName(node).localname
    etree.cleanup_namespaces(element)
    return element


def _text(value: Any) -> str:
    if isinstance(value, list):
        return (value[0].text or "") if value else ""
    return str(value)


# What XForms adds to XPath, as far as we use it.
FUNCTIONS: Mapping[tuple[None, str], Any] = {
    (None, "if"): lambda _, test, yes, no: _text(yes if test else no),
    (None, "selected"): lambda _, node, code: code in _text(node).split(),
    (None, "count-selected"): lambda _, node: len(_text(node).split()),
    (None, "coalesce"): lambda _, node, other: _text(node) or _text(other),
}
