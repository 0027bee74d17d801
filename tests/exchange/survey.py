"""A small LimeSurvey survey, written as its version 3 and its version 6 do."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

Rows = Sequence[Mapping[str, object]]

GROUPS = [(1, "Uw bezoek", "Your visit", ""), (2, "Tot slot", "Finally", "Q1 == 'A1'")]
# qid, gid, letter, title, nl, en, mandatory, other, relevance
QUESTIONS = [
    (10, 1, "L", "Q1", "<p>Waar kwam u <b>voor</b>?</p>", "Why?", "Y", "Y", "1"),
    (11, 1, "M", "Q2", "Wat gebruikte u?", "What did you use?", "N", "N", "1"),
    (12, 1, "F", "Q3", "Hoe was het?", "How was it?", "N", "N", "!is_empty(Q1.NAOK)"),
    (13, 2, "T", "Q4", "Waarom {Q1.shown}?", "Why {Q1.shown}?", "N", "N",
     '((Q1.NAOK == "A2" or Q2_SQ1.NAOK == "Y")) and Q3_SQ3.NAOK == "B1"'),
    (14, 2, "N", "Q5", "Hoeveel?", "How many?", "N", "N", "Q2.NAOK > 3"),
    (15, 2, "5", "Q6", "Hoe makkelijk?", "How easy?", "N", "N", "1"),
    (16, 2, "K", "Q7", "Aantal", "Number", "N", "N", "Q6.NAOK >= 4"),
    (17, 2, "Y", "Q8", "Komt u terug?", "Will you return?", "N", "N", "1"),
    (18, 2, "|", "Q9", "Upload", "Upload", "N", "N", "1"),
    (19, 2, "X", "Q10", "Dank {if(Q5>3,'a','b')}", "Thanks", "N", "N", "Q8 == 'Y'"),
    (20, 2, "R", "Q11", "Rangschik", "Rank", "N", "N", "1"),
]  # fmt: skip
SUBQUESTIONS = [
    (101, 11, "SQ1", "Website", "Website"),
    (102, 11, "SQ2", "Niets", "Nothing"),
    (103, 12, "SQ3", "Snelheid", "Speed"),
    (104, 12, "SQ4", "Advies", "Advice"),
    (105, 16, "SQ5", "Broers", "Brothers"),
    (106, 16, "SQ6", "Zussen", "Sisters"),
]
ANSWERS = [
    (10, "A1", "Kopen", "Buying"),
    (10, "A2", "Ruilen", "Exchanging"),
    (12, "B1", "Goed", "Good"),
    (12, "B2", "Slecht", "Bad"),
    (20, "C1", "Prijs", "Price"),
    (20, "C2", "Service", "Service"),
]
ATTRIBUTES = [(11, "exclude_all_others", "SQ2"), (14, "min_num_value_n", "0")]


def survey(*, is_new: bool) -> bytes:
    tables = _common() | (_with_texts_apart() if is_new else _with_texts_inside())
    body = "".join(_table(name, rows) for name, rows in tables.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?><document>'
        "<LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>366</DBVersion>"
        "<languages><language>nl</language><language>en</language></languages>"
        f"{body}</document>"
    ).encode()


def _common() -> dict[str, Rows]:
    return {
        "surveys": [{"sid": 1, "language": "nl"}],
        "surveys_languagesettings": [
            {
                "surveyls_language": language,
                "surveyls_title": title,
                "surveyls_welcometext": welcome,
            }
            for language, title, welcome in (
                ("nl", "Na uw bezoek", "<p>Fijn dat u meedoet.</p>"),
                ("en", "After your visit", "<p>Good to see you.</p>"),
            )
        ],
        "question_attributes": [
            {"qid": qid, "attribute": name, "value": value}
            for qid, name, value in ATTRIBUTES
        ],
    }


def _question(row: tuple[object, ...]) -> dict[str, object]:
    keys = ("qid", "gid", "type", "title")
    found = dict(zip(keys, row, strict=False))
    more = dict(zip(("mandatory", "other", "relevance"), row[6:], strict=True))
    return {**found, **more, "parent_qid": 0, "question_order": row[0], "scale_id": 0}


def _part(row: tuple[object, ...]) -> dict[str, object]:
    found = dict(zip(("qid", "parent_qid", "title"), row, strict=False))
    return {**found, "question_order": row[0], "scale_id": 0}


def _in_both(
    rows: Sequence[tuple[object, ...]], place: int
) -> list[tuple[int, str, object]]:
    return [
        (number, language, row[place + shift])
        for number, row in enumerate(rows)
        for shift, language in enumerate(("nl", "en"))
    ]


def _with_texts_apart() -> dict[str, Rows]:
    questions = [
        {"qid": QUESTIONS[n][0], "language": lang, "question": text}
        for n, lang, text in _in_both(QUESTIONS, 4)
    ]
    parts = [
        {"qid": SUBQUESTIONS[n][0], "language": lang, "question": text}
        for n, lang, text in _in_both(SUBQUESTIONS, 3)
    ]
    return {
        "groups": [
            {"gid": g[0], "group_order": g[0], "grelevance": g[3]} for g in GROUPS
        ],
        "group_l10ns": [
            {"gid": GROUPS[n][0], "language": lang, "group_name": text}
            for n, lang, text in _in_both(GROUPS, 1)
        ],
        "questions": [_question(row) for row in QUESTIONS],
        "subquestions": [_part(row) for row in SUBQUESTIONS],
        "question_l10ns": [*questions, *parts],
        "answers": [
            {"aid": n + 1, "qid": a[0], "code": a[1], "sortorder": n, "scale_id": 0}
            for n, a in enumerate(ANSWERS)
        ],
        "answer_l10ns": [
            {"aid": n + 1, "language": lang, "answer": text}
            for n, lang, text in _in_both(ANSWERS, 2)
        ],
    }


def _with_texts_inside() -> dict[str, Rows]:
    return {
        "groups": [
            {
                "gid": GROUPS[n][0],
                "group_order": GROUPS[n][0],
                "grelevance": GROUPS[n][3],
                "language": lang,
                "group_name": text,
            }
            for n, lang, text in _in_both(GROUPS, 1)
        ],
        "questions": [
            {**_question(QUESTIONS[n]), "language": lang, "question": text}
            for n, lang, text in _in_both(QUESTIONS, 4)
        ],
        "subquestions": [
            {**_part(SUBQUESTIONS[n]), "language": lang, "question": text}
            for n, lang, text in _in_both(SUBQUESTIONS, 3)
        ],
        "answers": [
            {
                "qid": ANSWERS[n][0],
                "code": ANSWERS[n][1],
                "sortorder": n,
                "scale_id": 0,
                "language": lang,
                "answer": text,
            }
            for n, lang, text in _in_both(ANSWERS, 2)
        ],
    }


def _table(name: str, rows: Rows) -> str:
    cells = "".join(
        "<row>"
        + "".join(f"<{key}>{escape(str(value))}</{key}>" for key, value in row.items())
        + "</row>"
        for row in rows
    )
    return f"<{name}><fields/><rows>{cells}</rows></{name}>"
