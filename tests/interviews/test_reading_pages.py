from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from tests.interviews.documents import pdf
from tests.interviews.seen import check, read, refusal, said

PAGE = """<!DOCTYPE html><html><head><title>Niet dit</title><style>p{}</style></head>
<body><h1>Gesprek &amp; meer</h1><script>var a = "<p>nee</p>"</script>
<p>Anna:   Ik <b>zag</b>
 een <a href="javascript:x()">link</a>.<br>Echt.<p>Anna: &eacute;&#128512;
<ul><li>een<li>twee</ul>
<table><tr><th>a</th><td><p>b</p></td></tr><tr><td>c<td>d</table>
<pre>  x
 y</pre><img src=x><!-- niets --><div>los<div>diep</div>na</div></body></html>"""


def test_a_page_as_it_is_read() -> None:
    document = read(PAGE, "a.html")

    assert document.text.split("\n") == [
        "Gesprek & meer",
        "Anna: Ik zag een link.",
        "Echt.",
        "Anna: é\U0001f600",
        "een",
        "twee",
        "a\tb",
        "c\td",
        "  x",
        " y",
        "los",
        "diep",
        "na",
        "",
    ]
    assert [block.kind for block in document.blocks] == ["heading", "turn", "turn"]
    assert document.report.dropped == {"images": 1}
    check(document)


@pytest.mark.parametrize(
    "page", ["", "<p>", "<script>tekst", "<title>tekst</title>", "<!-- tekst -->"]
)
def test_a_page_without_words(page: str) -> None:
    assert refusal(page, "a.html") == "no_text"


@pytest.mark.parametrize("unit", ["<", "<a ", "<!--", "<div>", "&#", "<a x='", "<p>x"])
def test_a_page_made_to_keep_us_busy_does_not(unit: str) -> None:
    assert refusal(unit * 20_000, "a.html") in {"read", "no_text"}


def test_pdf_page_by_page() -> None:
    document = read(pdf(["Eerste pagina", "Tweede\npagina"]), "a.pdf")

    assert said(document) == [(None, "Eerste pagina"), (None, "Tweede\npagina")]
    assert document.report.kept == {"pages": 2}
    check(document)


def test_a_turn_goes_on_over_the_page() -> None:
    document = read(pdf(["Anna: Een", "twee\nAnna: drie"]), "a.pdf")

    assert said(document) == [("Anna", "Een\ntwee"), ("Anna", "drie")]


def test_pages_without_text_are_told() -> None:
    document = read(pdf(["Een", "", "Drie", ""]), "a.pdf")

    [warning] = [x for x in document.report.warnings if x.code != "no_speakers"]
    assert (warning.code, warning.details) == (
        "pages_without_text",
        {"count": 2, "pages": "2, 4"},
    )


def test_pictures_of_pages_are_refused() -> None:
    assert refusal(pdf(["", ""]), "a.pdf") == "no_text_layer"


@pytest.mark.parametrize(("password", "code"), [("geheim", "encrypted"), ("", "read")])
def test_a_locked_pdf(password: str, code: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(["Tekst"]))))
    writer.encrypt(password, "van de eigenaar", algorithm="AES-256")
    content = BytesIO()
    writer.write(content)

    assert refusal(content.getvalue(), "a.pdf") == code


def test_a_pdf_that_takes_too_long_is_given_up() -> None:
    busy = b"BT /F1 12 Tf " + b"(a) Tj T* " * 50_000 + b"ET"

    assert refusal(pdf(["", ""], content=busy), "a.pdf", max_seconds=0) == "too_slow"


def test_a_pdf_of_too_many_pages() -> None:
    assert refusal(pdf(["x"] * 1001), "a.pdf") == "too_many_pages"


def test_a_form_that_draws_itself_ends() -> None:
    turns = pdf(["Tekst"]).replace(b"/Font<</F1 3 0 R>>", b"/XObject<</X 5 0 R>>")

    assert refusal(turns, "a.pdf") in {"read", "broken_file", "no_text_layer"}
