"""Documents as programs write them, made here so that each test shows what it reads."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
RELATED = ("styles", "footnotes", "endnotes", "comments", "header", "footer")


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return content.getvalue()


def word(body: str, **related: str) -> bytes:
    """A Word document; `related` holds other parts, such as footnotes."""
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(RELATED)
        if name in related
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": _relations(
            f'<Relationship Id="m" Type="{OFFICE}/officeDocument"'
            ' Target="/word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": _w("document", f"<w:body>{body}</w:body>"),
    }
    parts |= {f"word/{name}.xml": _w(name, text) for name, text in related.items()}
    return archive(parts)


def p(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{r(text)}</w:p>"


def r(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def open_document(body: str, **parts: str) -> bytes:
    """An OpenDocument text; `parts` may give another manifest."""
    names = ("office", "text", "table", "drawing", "style")
    spaces = " ".join(f'xmlns:{name[:5]}="{ODF}{name}:1.0"' for name in names)
    content = (
        f'<office:document-content xmlns:office="{ODF}office:1.0" {spaces}'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    ).replace(f'xmlns:offic="{ODF}office:1.0" ', "")
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": parts.get("manifest", "<manifest/>"),
            "content.xml": content,
        }
    )


def pdf(pages: Sequence[str], *, content: bytes | None = None) -> bytes:
    """A page for each text, a line for each of its lines; Latin letters only."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b""]
    objects[2] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    kids = []
    for text in pages:
        stream = _drawn(text) if content is None else content
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources"
            b"<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % (len(objects) + 2)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    listed = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    objects[1] = listed.encode()
    return _numbered(objects)


def _drawn(text: str) -> bytes:
    lines = [f"({line}) Tj T*" for line in text.splitlines()]
    return f"BT /F1 12 Tf 14 TL 50 750 Td {' '.join(lines)} ET".encode("latin-1")


def _numbered(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(out)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF" % (size, table, size, start)
    )


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _w(name: str, inside: str) -> str:
    return f'<w:{name} xmlns:w="{W}">{inside}</w:{name}>'
