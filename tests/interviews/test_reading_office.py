import time
from io import BytesIO

import pytest
from docx import Document

from survey_app.interviews.reading import Memo
from tests.interviews.documents import open_document, p, r, word
from tests.interviews.seen import check, read, said

CHANGED = (
    f"<w:p>{r('Anna: het was ')}<w:del w:id='1'><w:r><w:delText>slecht"
    f"</w:delText></w:r></w:del><w:ins w:id='2'>{r('goed')}</w:ins></w:p>"
)
SPACE = 'xmlns:d="d" xmlns:mc="mc"'


def written(document: object) -> bytes:
    content = BytesIO()
    document.save(content)  # type: ignore[attr-defined] # python-docx's
    return content.getvalue()


def test_word_as_its_library_writes_it() -> None:
    document = Document()
    document.add_heading("Gesprek", 1)
    paragraph = document.add_paragraph("Interviewer: Hoe ")
    run = paragraph.add_run("ging het?")
    document.add_comment(run, "Toon", author="Bea", initials="B")
    document.add_paragraph("Deelnemer: \U0001f600\tGoed.")
    table = document.add_table(2, 2)
    for number, cell in enumerate(table._cells):  # noqa: SLF001 - its way to all cells
        cell.text = f"cel {number}"

    read_back = read(written(document), "a.docx")

    assert read_back.text == (
        "Gesprek\nInterviewer: Hoe ging het?\nDeelnemer: \U0001f600\tGoed.\n"
        "cel 0\tcel 1\ncel 2\tcel 3\n\n"
    ).replace("\n\n", "\n")
    assert [block.kind for block in read_back.blocks] == ["heading", "turn", "turn"]
    [memo] = read_back.memos
    assert (memo.text, memo.author) == ("Toon", "Bea")
    assert read_back.text[memo.start : memo.end] == "ging het?"
    assert read_back.report.kept == {"tables": 1, "comments": 1}
    check(read_back)


def test_tracked_changes_are_taken_as_accepted_and_counted() -> None:
    document = read(word(CHANGED + p("Anna: ja")), "a.docx")

    assert said(document) == [("Anna", "het was goed"), ("Anna", "ja")]
    assert document.report.dropped == {"tracked_deletions": 1}
    assert document.report.kept == {"tracked_insertions": 1}


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    joined = (
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>"
        f"{r('Een ')}</w:p>{p('zin.')}{p('Nog een.')}"
    )

    assert said(read(word(joined), "a.docx")) == [
        (None, "Een zin."),
        (None, "Nog een."),
    ]


def test_moved_text_stands_where_it_went() -> None:
    moved = (
        f"<w:p><w:moveFrom>{r('weg')}</w:moveFrom></w:p>"
        f"<w:p><w:moveTo>{r('hier')}</w:moveTo></w:p>"
    )

    assert said(read(word(moved), "a.docx")) == [(None, "hier")]


def test_notes_stand_at_the_end_under_their_number() -> None:
    body = (
        f"<w:p>{r('Anna: ja')}<w:r><w:footnoteReference w:id='7'/></w:r>{r('!')}"
        f"<w:r><w:endnoteReference w:id='7'/></w:r></w:p>{p('Anna: dag')}"
    )
    notes = (
        "<w:footnote w:id='0' w:type='separator'><w:p/></w:footnote>"
        f"<w:footnote w:id='7'>{p('Anna: lacht')}{p('hard')}</w:footnote>"
    )
    endnotes = f"<w:endnote w:id='7'>{p('Slot')}</w:endnote>"

    document = read(word(body, footnotes=notes, endnotes=endnotes), "a.docx")

    assert said(document) == [
        ("Anna", "ja[1]![2]"),
        ("Anna", "dag"),
        (None, "[1] Anna: lacht hard"),
        (None, "[2] Slot"),
    ]
    assert document.report.kept == {"footnotes": 2}


def test_what_is_not_text_is_counted() -> None:
    body = (
        f"<w:p>{r('Tekst')}"
        f"<w:r><w:drawing><d:x {SPACE}><d:blip/></d:x></w:drawing></w:r>"
        f"<w:r><mc:AlternateContent {SPACE}>"
        "<mc:Choice><w:drawing><w:txbxContent>"
        f"{p('In een vak')}</w:txbxContent></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><w:txbxContent>{p('In een vak')}</w:txbxContent>"
        "</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:object/></w:r><w:r><w:instrText>PAGE"
        "</w:instrText></w:r></w:p>"
    )

    document = read(word(body, header=p("Vertrouwelijk")), "a.docx")

    assert said(document) == [(None, "Tekst")]
    assert document.report.dropped == {
        "images": 1,
        "text_boxes": 1,
        "objects": 1,
        "headers": 1,
    }


def test_headings_are_known_by_the_name_of_their_style() -> None:
    styles = (
        "<w:style w:styleId='Kop1'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:styleId='Mijn'><w:name w:val='Mijn kop'/><w:basedOn w:val='Kop1'/>"
        "</w:style><w:style w:styleId='A'><w:name w:val='A'/><w:basedOn w:val='B'/>"
        "</w:style><w:style w:styleId='B'><w:name w:val='B'/><w:basedOn w:val='A'/>"
        "</w:style>"
    )
    body = p("Een", "Kop1") + p("Twee", "Mijn") + p("Drie", "A") + p("Vier")

    document = read(word(body, styles=styles), "a.docx")

    assert [block.kind for block in document.blocks] == [
        *["heading"] * 2,
        *["paragraph"] * 2,
    ]


def test_lists_breaks_and_fields_are_lines_and_text() -> None:
    body = (
        "<w:p><w:pPr><w:numPr/></w:pPr><w:hyperlink><w:r><w:t>a</w:t></w:r>"
        "</w:hyperlink><w:r><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t>"
        "<w:noBreakHyphen/><w:t>d\ne</w:t></w:r></w:p>"
    )

    assert read(word(body), "a.docx").text == "a\nb\tc\u2011d e\n"


def test_a_meeting_in_word_with_names_and_times_above() -> None:
    body = "".join(
        f"<w:p>{r(f'Bakker, A. (Anna)   0:0{second}')}<w:r><w:br/></w:r>"
        f"{r(words)}</w:p>"
        for second, words in enumerate(("Hallo.", "Dag."))
    )

    document = read(word(body), "a.docx")

    assert said(document) == [
        ("Bakker, A. (Anna)", "Hallo."),
        ("Bakker, A. (Anna)", "Dag."),
    ]
    assert [block.t_start_ms for block in document.blocks] == [0, 1_000]


ODT = """<text:tracked-changes><text:changed-region><text:deletion><text:p>weg</text:p>
</text:deletion></text:changed-region></text:tracked-changes>
<text:h>Gesprek</text:h>
<text:p>Interviewer:<text:s text:c="2"/>Hoe <text:span>ging</text:span>
   het?<text:change/></text:p>
<text:p>Anna: <office:annotation office:name="1"><dc:creator>Bea</dc:creator>
<dc:date>2026-01-02</dc:date><text:p>Toon</text:p></office:annotation>Goed<office:annotation-end
 office:name="1"/>.<text:note><text:note-citation>1</text:note-citation><text:note-body>
<text:p>lacht</text:p></text:note-body></text:note><text:line-break/>Ja<text:tab/>!</text:p>
<text:list><text:list-item><text:p>punt</text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p>
</table:table-cell><table:table-cell table:number-columns-repeated="99999999"><text:p>c
</text:p></table:table-cell></table:table-row></table:table>
<text:p>Anna: x<drawi:frame><drawi:image/></drawi:frame><drawi:frame><drawi:text-box>
<text:p>vak</text:p></drawi:text-box></drawi:frame></text:p>"""


def test_open_document() -> None:
    document = read(open_document(ODT), "a.odt")

    assert said(document) == [
        (None, "Gesprek"),
        ("Interviewer", "Hoe ging het?"),
        ("Anna", "Goed.[1]\nJa\t!\npunt\na b\tc"),
        ("Anna", "x"),
        (None, "[1] lacht"),
    ]
    start = document.text.index("Goed")
    assert document.memos == (Memo("Toon", "Bea", "2026-01-02", start, start + 4),)
    assert document.report.dropped == {
        "tracked_deletions": 1,
        "images": 1,
        "text_boxes": 1,
    }
    check(document)


@pytest.mark.parametrize("runs", [1, 5])
def test_a_long_interview_is_read_in_about_a_second(runs: int) -> None:
    words = "".join(r("een twee drie vier " * (5 // runs)) for _run in range(runs))
    turns = [
        f"<w:p>{r(f'Deelnemer {turn % 2}: {turn} ')}{words}</w:p>"
        for turn in range(1250)
    ]
    data = word("".join(turns))
    start = time.thread_time()

    document = read(data, "a.docx")

    assert time.thread_time() - start < 2  # half a second on a free machine
    assert len(document.text.split()) > 25_000
    assert len(document.turns) == len(turns)
