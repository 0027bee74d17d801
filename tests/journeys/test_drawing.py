"""The journey map as a picture."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.journeys.document import (
    Bottleneck,
    Certainty,
    MapDocument,
    Phase,
    Polarity,
    Quote,
)
from survey_app.journeys.document_json import from_json, to_json
from survey_app.journeys.drawing import DUTCH, THEMES, draw_map, stylesheet
from survey_app.journeys.drawing.layout import NAME_MARGIN, lay_out
from survey_app.journeys.drawing.text import text_width
from tests.journeys.builders import make_column, make_document, sample_document
from tests.journeys.drawing.reading import SVG, parse, texts_of

HOSTILE = "</text><script>alert(1)</script> \x00\x1b & \" ' ]]> \u202e omgekeerd"


def _quoted(text: str, label: str = "Website") -> MapDocument:
    quote = Quote(
        text=text, polarity=Polarity.NEGATIVE, source="a", start=0, end=len(text) or 1
    )
    return make_document(make_column(quotes=(quote,), label=label))


@pytest.mark.parametrize("touchpoints", [1, 3, 12, 20])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_map_is_an_image_that_any_page_may_carry(
    touchpoints: int, theme: str, language: str
) -> None:
    svg = draw_map(sample_document(language, touchpoints), theme=theme, prefix="k7")

    root = parse(svg)
    ids = Counter(e.get("id") for e in root.iter() if "id" in e.attrib)
    assert root.get("role") == "img"
    assert root.get("lang") == language
    assert root.get("aria-labelledby") == "k7-title"
    assert set(ids.values()) == {1}
    assert all(name and name.startswith("k7-") for name in ids)
    assert [
        e.tag for e in root.iter() if e.tag in {f"{SVG}style", f"{SVG}script"}
    ] == []
    assert [e.tag for e in root.iter() if "style" in e.attrib] == []


def test_map_of_the_same_document_has_the_same_bytes() -> None:
    first = draw_map(sample_document())

    assert draw_map(from_json(to_json(sample_document()))) == first


def test_map_tells_its_story_in_words() -> None:
    story = parse(draw_map(sample_document())).findtext(f"{SVG}desc") or ""

    assert story.startswith(
        "Huidige klantreis · golf 2 (1 sep – 31 okt 2026) · "
        "n = 84, 41 % van alle klanten (34–48 %). "
        "Oriëntatie: Mond-tot-mond +1,1 (95 %-interval +0,9 tot +1,4, n = 46); "
    )
    assert "Retourneren te weinig antwoorden." in story
    assert "Knelpunt 1 Levering: 54 %" in story


def test_map_prints_each_public_figure_with_its_base() -> None:
    texts = texts_of(draw_map(sample_document()))

    assert {"+1,1", "−1,3", "0,0"} & set(texts) == {"+1,1", "−1,3"}
    assert {"46", "118", "< 5", "n = 84"} <= set(texts)


def test_map_in_english_uses_english_numbers() -> None:
    texts = texts_of(draw_map(sample_document("en")))

    assert {"+1.1", "−1.3", "Emotion", "In their words"} <= set(texts)


def test_hidden_touchpoint_shows_its_name_and_no_figure() -> None:
    svg = draw_map(make_document(make_column("retour", 3), base=None))

    assert texts_of(svg)[-6:] == [
        "Emotie",
        "te weinig antwoorden",
        "Retour",
        DUTCH.nothing_public,
        "eigen",
        "Basis (n): < 5 klanten · klantreis 0.1.0",
    ]


def test_lane_without_content_is_left_out() -> None:
    texts = set(texts_of(draw_map(make_document(make_column()))))

    lanes = {DUTCH.lanes[kind] for kind in DUTCH.lanes}
    assert texts & lanes == {"Emotie", "Basis"}


def test_column_without_owner_is_warned_for_when_others_have_one() -> None:
    columns = [make_column("a", owner="Marketing"), make_column("b")]

    texts = texts_of(draw_map(make_document(*columns)))

    assert {"Marketing", "– geen eigenaar"} <= set(texts)


def test_empty_map_says_what_to_do() -> None:
    texts = texts_of(draw_map(make_document(base=0)))

    assert texts == [
        "Alle klanten",
        "Huidige klantreis · n = 0",
        "Hier komt de klantreis te staan",
        *(t for n, s in enumerate(DUTCH.empty_steps, 1) for t in (str(n), s)),
    ]


@pytest.mark.parametrize(
    ("certainty", "flag"),
    [
        (Certainty.CONFIRMED, "knelpunt"),
        (Certainty.POSSIBLE, "mogelijk knelpunt"),
    ],
)
def test_worst_touchpoint_is_flagged_and_explained(
    certainty: Certainty, flag: str
) -> None:
    document = make_document(
        make_column("a"),
        make_column("b"),
        bottleneck=Bottleneck("b", certainty, "Knelpunt 1 B: 54 % ontevreden."),
    )

    texts = texts_of(draw_map(document))

    assert {flag, "Knelpunt 1 B:", "54 % ontevreden."} <= set(texts)
    assert DUTCH.no_bottleneck not in texts


def test_columns_link_to_their_touchpoints() -> None:
    svg = draw_map(sample_document(), link_for=lambda code: f"/t?code={code}&x=1")

    root = parse(svg)
    links = [(a.get("href"), a.get("aria-label")) for a in root.iter(f"{SVG}a")]
    assert root.get("role") == "group"
    assert len(links) == 12
    assert links[8] == (
        "/t?code=delivery_8&x=1",
        "Levering −1,3 (95 %-interval −1,5 tot −1,1, n = 118)",
    )


def test_columns_follow_the_order_of_the_phases() -> None:
    columns = [make_column("a", phase="buy"), make_column("b", phase="consider")]

    texts = texts_of(draw_map(make_document(*columns)))

    assert texts.index("B") < texts.index("A")


def test_more_phases_than_tints_begin_again() -> None:
    codes = [f"fase{n}" for n in range(6)]
    columns = [make_column(f"t{code}", phase=code) for code in codes]
    phases = tuple(Phase(code, code.capitalize(), 50) for code in codes)
    bare = make_document(base=300)

    svg = draw_map(replace(bare, phases=phases, columns=tuple(columns)))

    assert svg.count('class="map-fill-head-1"') == 2
    assert svg.count('class="map-fill-head-3"') == 1


def test_stylesheet_covers_every_class_of_the_map() -> None:
    root = parse(draw_map(sample_document()))
    used = {name for e in root.iter() for name in (e.get("class") or "").split()}

    styled = {line.split(" ")[0][1:] for line in stylesheet(THEMES["dark"]).split("\n")}

    assert used - styled == {"journey-map"}


def test_themes_know_the_same_roles() -> None:
    assert THEMES["dark"].keys() == THEMES["light"].keys()


def test_hostile_quote_is_only_text() -> None:
    svg = draw_map(_quoted(HOSTILE, label=HOSTILE), prefix="m")

    root = parse(svg)
    assert list(root.iter(f"{SVG}script")) == []
    assert "\u202e" not in svg
    assert "\x00" not in svg


ANY_TEXT = st.one_of(
    st.text(max_size=300),
    st.text("אבגד אה", max_size=60),
    st.sampled_from(
        [
            "x" * 200,
            "😀" * 60,
            "👩‍👩‍👧" * 20,
            "é" * 90,
            "a\u0301\u0302\u0303\u0304" * 40,
        ]
    ),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(text=ANY_TEXT, label=ANY_TEXT, width=st.integers(1, 20))
def test_no_text_breaks_the_picture(text: str, label: str, width: int) -> None:
    quote = Quote(text=text, polarity=Polarity.NEUTRAL, source="a", start=0, end=1)
    columns = [
        make_column(f"t{n}", label=label, owner=text, actions=(text,), quotes=(quote,))
        for n in range(width)
    ]
    document = make_document(*columns, title=text)

    layout = lay_out(document, DUTCH)
    root = parse(draw_map(document))

    room = layout.column_width - 2 * NAME_MARGIN
    for column in layout.columns:
        assert all(text_width(line, layout.name_style) <= room for line in column.name)
    for lane in layout.lanes:
        lines = [line for cell in lane.lane.cells for line in cell]
        assert all(text_width(line.text, line.style) <= room for line in lines)
    assert len(list(root.iter(f"{SVG}rect"))) > 0


def test_full_quote_stays_readable_when_the_cell_is_too_small() -> None:
    long = "Het duurde " + "heel " * 60 + "lang"

    svg = draw_map(_quoted(long))

    titles = [title.text or "" for title in parse(svg).iter(f"{SVG}title")]
    assert f"Website – In hun woorden: “{long}” (negatief)" in titles
    assert [text for text in texts_of(svg) if text.endswith("heel…”")] != []
