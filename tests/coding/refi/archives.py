"""Archives with any project inside, as other tools or nobody would make them."""

import zipfile
from io import BytesIO

START = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<Project xmlns="urn:QDA-XML:project:1.0" name="p">'
)
CODE = "11111111-1111-4111-8111-111111111111"
SOURCE = "22222222-2222-4222-8222-222222222222"
CODES = (
    f'<CodeBook><Codes><Code guid="{CODE}" name="Prijs" isCodable="true"/>'
    "</Codes></CodeBook>"
)


def archive(**files: bytes | str) -> BytesIO:
    """Names as keywords have two underscores for a full stop, three for a slash."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            plain = name.replace("___", "/").replace("__", ".")
            zipped.writestr(plain, content)
    file.seek(0)
    return file


def project(inside: str, text: bytes | None = None) -> BytesIO:
    xml = f"{START}{CODES}{inside}</Project>"
    if text is None:
        return archive(project__qde=xml)
    return archive(project__qde=xml, sources___i1__txt=text)


def source(selections: str) -> str:
    return (
        f'<Sources><TextSource guid="{SOURCE}" name="i1"'
        f' plainTextPath="internal://i1.txt">{selections}</TextSource></Sources>'
    )


def selection(number: int, start: int, end: int, name: str = "") -> str:
    guid = f"33333333-3333-4333-8333-{number:012d}"
    coding = f"44444444-4444-4444-8444-{number:012d}"
    return (
        f'<PlainTextSelection guid="{guid}" startPosition="{start}"'
        f' endPosition="{end}" name="{name}"><Coding guid="{coding}">'
        f'<CodeRef targetGUID="{CODE}"/></Coding></PlainTextSelection>'
    )
