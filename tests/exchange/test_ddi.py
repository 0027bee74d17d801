"""DDI-Codebook: in the published order of elements, in both languages.

The official schema cannot be had from a package registry, and is not ours to copy
here. With KLANTREIS_DDI_XSD naming a local codebook.xsd the files are validated
against that; else against the order and attributes that the schema publishes.
"""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree

from survey_app.exchange.ddi import NAMESPACE, XML_LANG, write_ddi
from survey_app.questionnaires.question_set import QuestionSet
from survey_app.questionnaires.reading import inspect_question_set
from tests.questionnaires.builders import EVERY_TYPE
from tests.questionnaires.strategies import question_sets

# What may stand inside an element, in this order: the part of the schema that we use.
# Inside qstn any order will do; ours is the order in which the schema names them.
ORDER = {
    "codeBook": ["docDscr", "stdyDscr", "fileDscr", "dataDscr", "otherMat"],
    "stdyDscr": [
        *("citation", "studyAuthorization", "stdyInfo", "studyDevelopment", "method"),
        *("dataAccs", "othrStdyMat", "notes"),
    ],
    "citation": [
        *("titlStmt", "rspStmt", "prodStmt", "distStmt", "serStmt", "verStmt"),
        *("biblCit", "holdings", "notes"),
    ],
    "titlStmt": ["titl", "subTitl", "altTitl", "parTitl", "IDNo"],
    "prodStmt": ["producer", "copyright", "prodDate", "prodPlac", "software"],
    "verStmt": ["version", "verResp", "notes"],
    "stdyInfo": ["studyBudget", "subject", "abstract", "sumDscr", "qualityStatement"],
    "dataAccs": ["setAvail", "useStmt", "notes"],
    "useStmt": [
        *("confDec", "specPerm", "restrctn", "contact", "citReq", "deposReq"),
        *("conditions", "disclaimer"),
    ],
    "dataDscr": ["varGrp", "nCubeGrp", "var", "nCube", "notes"],
    "var": [
        *("location", "labl", "imputation", "security", "embargo", "respUnit"),
        *("anlysUnit", "qstn", "valrng", "invalrng", "undocCod", "universe"),
        *("TotlResp", "sumStat", "txt", "stdCatgry", "catgryGrp", "catgry"),
        *("codInstr", "verStmt", "concept", "derivation", "varFormat", "geoMap"),
        *("catLevel", "notes"),
    ],
    "qstn": ["preQTxt", "qstnLit", "postQTxt", "forward", "backward", "ivuInstr"],
    "valrng": ["item", "range", "key", "notes"],
    "catgry": ["catValu", "labl", "txt", "catStat", "mrow"],
}
# Of these an element holds one at most; a second language goes elsewhere.
ONCE = ["titlStmt", "titl", "prodStmt", "version", "conditions", "catValu", "varFormat"]
TEXTS = ["labl", "titl", "parTitl", "qstnLit", "ivuInstr", "abstract", "conditions"]
ATTRIBUTES = {
    "codeBook": {"version"},
    "var": {"ID", "name", "intrvl"},
    "range": {"min", "max"},
    "catgry": {"missing"},
    "varFormat": {"type", "schema"},
}


def complaints(content: bytes) -> Iterator[str]:
    root = etree.fromstring(content)
    names: list[str] = []
    for element in root.iter():
        name = etree.QName(element)
        if name.namespace != NAMESPACE:
            yield f"{name} is of another namespace"
        tags = [etree.QName(child).localname for child in element]
        order = ORDER.get(name.localname, [])
        if [tag for tag in order for _ in range(tags.count(tag))] != tags:
            yield f"{name.localname} holds {tags}"
        if any(tags.count(tag) > 1 for tag in ONCE):
            yield f"{name.localname} holds one of {tags} twice"
        known = {XML_LANG, *ATTRIBUTES.get(name.localname, ())}
        if set(element.attrib) - known:
            yield f"{name.localname} has {sorted(element.attrib)}"
        if name.localname in TEXTS and element.tail is None:
            yield f"{name.localname} stands alone"
        names += [element.get("ID")] if element.get("ID") else []
    if len(names) != len(set(names)):
        yield "an ID stands twice"


@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(question_set=question_sets())
def test_any_question_set_has_the_published_order(question_set: QuestionSet) -> None:
    content, _losses = write_ddi(question_set)

    assert list(complaints(content)) == []


def test_variables_say_question_values_and_what_counts_as_no_answer() -> None:
    question_set = inspect_question_set(EVERY_TYPE).question_set
    assert question_set is not None
    content, losses = write_ddi(question_set)

    root = etree.fromstring(content)
    names = {"d": NAMESPACE}
    texts = root.xpath(
        "//d:var[@name='service__speed']/d:qstn/d:qstnLit/text()", namespaces=names
    )
    missing = root.xpath(
        "//d:var[@name='reason']/d:catgry[@missing='Y']/d:catValu/text()",
        namespaces=names,
    )
    labels = root.xpath(
        "//d:var[@name='service__speed']/d:catgry[1]/d:labl/text()", namespaces=names
    )
    variables = root.xpath("//d:var/@name", namespaces=names)
    assert texts == ["Hoe was onze service?", "How was our service?"]
    assert missing == ["dont_know"]
    assert labels == ["1 – Slecht", "1 – Poor"]
    assert {"with_whom__alone", "important__price", "reason__detail"} <= set(variables)
    assert "email" not in variables
    assert "email" in {loss.place for loss in losses}


def test_the_official_schema_takes_it() -> None:
    path = os.environ.get("KLANTREIS_DDI_XSD")
    if path is None:
        pytest.skip("KLANTREIS_DDI_XSD names no codebook.xsd; no registry has one")
    question_set = inspect_question_set(EVERY_TYPE).question_set
    assert question_set is not None
    schema = etree.XMLSchema(etree.parse(path))

    schema.assertValid(etree.fromstring(write_ddi(question_set)[0]))
