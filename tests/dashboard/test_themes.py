"""What a touchpoint is about, on its page and in the sentences behind each theme."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from survey_app.insights.models import Mention
from tests.analysis.themes.sentences import BAD, DUTCH, ENGLISH
from tests.factories import make_opinion, make_version, make_wave

PAGE = "/staff/touchpoints/?touchpoint=delivery"
COST = "nl:verzendkosten te hoog"


def tell(
    session: Session, texts: dict[str, list[str]], language: str = "nl", **columns: int
) -> list[Mention]:
    """One customer for each sentence."""
    version = make_version(session)
    wave = make_wave(session, version) if columns.pop("in_a_wave", 0) else None
    mentions = [
        make_opinion(
            session,
            version,
            -0.6 if theme in BAD else 0.4,
            words=text,
            end=len(text),
            language=language,
            wave=wave,
        )
        for theme, said in texts.items()
        for text in said
    ]
    for text in ("De site is duidelijk", "Prima prijs", "Nette winkel"):
        make_opinion(session, version, 0.3, words=text, touchpoint="website")
    session.commit()
    return mentions


def section(page: str) -> str:
    """The themes as a reader hears them."""
    html = page.split('<section class="themes"')[1].split("</section>", maxsplit=1)[0]
    words = re.sub(r"<[^>]+>", " ", html.split(">", 1)[1])
    return " ".join(unescape(words).split())


def quotes(page: str) -> list[str]:
    found = re.findall(r"<blockquote.*?<p[^>]*>(.*?)</p>", page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", each)).strip() for each in found]


def test_themes_read_themselves(session: Session, marketer: FlaskClient) -> None:
    tell(session, DUTCH)

    page = marketer.get(PAGE).text

    assert section(page).startswith("What it is about")
    assert "verzendkosten te hoog 8 customers *" in section(page)
    assert "100% negative (68–100%) ; mean −1.2" in section(page)
    assert "2 customers (also)" not in section(page)  # too few to be told
    assert 'lang="nl">verzendkosten te hoog</a>' in page
    assert "of the mentions" not in section(page)  # there is but one language


def test_the_sentences_of_a_theme_are_a_link_away(
    session: Session, marketer: FlaskClient
) -> None:
    tell(session, DUTCH)
    page = marketer.get(f"{PAGE}&language=nl&role=interactions").text
    [address] = re.findall(r'href="([^"]*theme=nl:verzendkosten[^"]*)"', page)

    sentences = marketer.get(unescape(address)).text

    assert set(quotes(sentences)) == set(DUTCH["cost"])
    assert "language=nl&amp;role=interactions" in address
    assert "What 8 customers said about it, in 8 mentions" in sentences
    tabs = re.findall(r'href="([^"]*polarity=[^"]*)"', sentences)
    assert len(tabs) == 3
    assert all("theme=nl" in tab and "language=nl" in tab for tab in tabs)
    assert f'name="theme" value="{COST}"' in sentences


def test_sentences_of_a_theme_part_by_sentiment(
    session: Session, marketer: FlaskClient
) -> None:
    mentions = tell(session, DUTCH)
    one = next(each for each in mentions if each.end == len(DUTCH["cost"][0]))
    assert one.polarity == "negative"

    address = f"/staff/touchpoints/delivery/sentences?theme={COST}&polarity="

    assert len(quotes(marketer.get(f"{address}negative").text)) == 8
    positive = marketer.get(f"{address}positive").text
    assert quotes(positive) == []
    assert "No sentences of this kind." in positive


@pytest.mark.parametrize("theme", ["nl:verdwenen", "xx", "<marquee>"])
def test_a_theme_that_is_gone_says_so(
    session: Session, marketer: FlaskClient, theme: str
) -> None:
    tell(session, DUTCH)

    page = marketer.get(
        "/staff/touchpoints/delivery/sentences", query_string={"theme": theme}
    )

    assert page.status == "200 OK"
    assert "or it has another name by now" in page.text
    assert "What 30 customers said about it" in page.text
    assert "<marquee>" not in page.text


def test_languages_stand_apart_with_their_share(
    session: Session, marketer: FlaskClient
) -> None:
    tell(session, DUTCH)
    tell(session, ENGLISH, "en")

    said = section(marketer.get(PAGE).text)

    assert "Dutch 54% of the mentions" in said
    assert "English 46% of the mentions" in said
    assert "torn box" in said


def test_too_little_said_teaches(session: Session, marketer: FlaskClient) -> None:
    tell(session, {"cost": DUTCH["cost"]})

    said = section(marketer.get(PAGE).text)

    assert "Too little said for themes" in said
    assert "from 20 customers in a language on" in said
    assert "verzendkosten" not in said


def test_nothing_at_all_under_five_people(
    session: Session, marketer: FlaskClient
) -> None:
    tell(session, {"cost": DUTCH["cost"][:4]})

    page = marketer.get(PAGE).text

    assert "Too few answers to say anything" in page
    assert '<section class="themes"' not in page


def test_a_name_of_a_person_names_no_theme(
    session: Session, marketer: FlaskClient
) -> None:
    names = {
        "courier": [
            f"De bezorger heet Kevin Jansen{end}"
            for end in (".", "!", " dus", " geloof ik", ", top", ", prima", " hoor")
        ]
    }
    tell(session, DUTCH | names)

    page = marketer.get(PAGE).text

    assert "Jansen" not in page
    assert "Kevin" not in page


def test_another_wave_has_its_own_themes(
    session: Session, marketer: FlaskClient
) -> None:
    [old, *_] = tell(session, DUTCH, in_a_wave=1)
    [new, *_] = tell(session, {"box": DUTCH["box"] * 4}, in_a_wave=1)

    first = section(marketer.get(f"{PAGE}&wave={old.wave_id}").text)
    second = section(marketer.get(f"{PAGE}&wave={new.wave_id}").text)

    assert "verzendkosten" in first
    assert "verzendkosten" not in second


def test_what_is_said_later_is_in_the_themes(
    session: Session, marketer: FlaskClient
) -> None:
    few = {theme: said[:4] for theme, said in DUTCH.items()}
    tell(session, few)
    assert "Too little" in section(marketer.get(PAGE).text)

    tell(session, {theme: said[4:] for theme, said in DUTCH.items()})

    assert "verzendkosten te hoog" in section(marketer.get(PAGE).text)
