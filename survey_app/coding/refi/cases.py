"""Cases and the variables that describe them."""

from xml.etree.ElementTree import Element

from survey_app.coding.file_notices import Notices
from survey_app.coding.refi.project import Case, Guids, Variable, VariableType
from survey_app.coding.refi.references import Known
from survey_app.coding.refi.values import guid_of
from survey_app.coding.refi.xml import references, texts_of


def read_variables(root: Element, notices: Notices) -> tuple[Variable, ...]:
    """Of a type that is not known their values are text."""
    found = {}
    for each in root.findall("Variables/Variable"):
        guid = guid_of(each.get("guid") or each.get("name"))
        if guid is None or guid in found:
            continue
        kind = each.get("typeOfVariable", "").strip()
        if kind not in set(VariableType):
            notices.note("odd_value", kind)
            kind = VariableType.TEXT
        found[guid] = Variable(
            guid,
            each.get("name", "").strip(),
            VariableType(kind),
            texts_of(each, "Description"),
        )
    return tuple(found.values())


def read_cases(root: Element, known: Known, notices: Notices) -> tuple[Case, ...]:
    found = {}
    for place, each in enumerate(root.findall("Cases/Case")):
        guid = known.own_guid(each, place)
        name = each.get("name", "").strip()
        if not name:
            notices.note("nameless_case")
        found[guid] = Case(
            guid=guid,
            name=name,
            description=texts_of(each, "Description"),
            codes=_targets(each, "CodeRef"),
            values=known.values_of(each),
            sources=_targets(each, "SourceRef"),
            selections=_targets(each, "SelectionRef"),
        )
    return tuple(found.values())


def _targets(element: Element, name: str) -> Guids:
    found = (guid_of(text) for text in references(element, name))
    return tuple(dict.fromkeys(guid for guid in found if guid is not None))
