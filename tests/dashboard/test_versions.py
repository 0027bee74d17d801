"""Figures over versions of a questionnaire: compared where they may be, and told."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy.orm import Session

from survey_app.db import Database
from survey_app.personas.service import refresh_personas
from survey_app.questionnaires.models import QuestionnaireVersion, Wave
from survey_app.questionnaires.service import publish
from tests.dashboard.test_touchpoints import row_of, words
from tests.factories import (
    A_MOMENT,
    A_MONDAY,
    make_analysed_text,
    make_mention,
    make_response,
    make_wave,
)

HEAD = """format = 1
id = "shop"
version = "{version}"
languages = ["nl", "en"]
title = {{ nl = "De winkel", en = "The shop" }}
notice = {{ nl = "Wie en waarom.", en = "Who and why." }}
privacy = {{ nl = "Wat wij bewaren.", en = "What we keep." }}
[thanks]
title = {{ nl = "Dank u", en = "Thank you" }}
text = {{ nl = "Ontvangen.", en = "Received." }}
"""
QUESTION = """[[pages]]
id = "p_{id}"
[[pages.questions]]
id = "{id}"
type = "{type}"
title = {{ nl = "{nl}", en = "{en}" }}
{more}
"""


@dataclass(frozen=True)
class Asked:
    id: str
    en: str
    type: str = "text_long"
    options: tuple[str, ...] = ()

    def source(self) -> str:
        more = ""
        if self.options:
            offered = ", ".join(
                f'{{ code = "{code}", label = {{ nl = "{code}!", en = "{code}" }} }}'
                for code in self.options
            )
            label = 'label = { nl = "Waarom?", en = "Why?" }'
            more = f"options = [{offered}]\ndetail = {{ {label}, max_length = 300 }}"
        return QUESTION.format(
            id=self.id, type=self.type, nl=f"{self.en} (nl)", en=self.en, more=more
        )


WHY = Asked("why", "Why us?")
OTHER_WHY = Asked("why", "Why did you choose us?")
OBSTACLE = Asked("obstacle", "What got in your way?")
TIP = Asked("tip", "What would you tell us?")
CHANNEL = Asked("channel", "How did you buy?", "choice", ("shop", "phone"))
OTHER_CHANNEL = Asked("channel", "How did you buy?", "choice", ("shop", "chat"))


@dataclass
class Shop:
    """A questionnaire in the field, with people who speak of its delivery."""

    session: Session
    versions: list[QuestionnaireVersion] = field(default_factory=list)

    def publish(self, *asked: Asked) -> QuestionnaireVersion:
        source = HEAD.format(version=f"1.{len(self.versions)}.0")
        source += "".join(each.source() for each in asked)
        self.versions.append(publish(self.session, source, published_at=A_MOMENT))
        return self.versions[-1]

    def wave(self, name: str, month: int) -> Wave:
        starts = date(2026, month, 1)
        version = self.versions[-1]
        return make_wave(self.session, version, name=name, starts_on=starts)

    def say(
        self,
        wave: Wave | None,
        scores: Iterable[float],
        question: str = "why",
        *,
        code: str | None = None,
        week: int = 0,
    ) -> None:
        """One more person for each score, of the newest version."""
        for score in scores:
            response = make_response(
                self.session, self.versions[-1], {question: "Het duurde"}, wave=wave
            )
            response.answers[0].code = code
            monday = A_MONDAY + timedelta(weeks=week)
            text = make_analysed_text(
                self.session, response.answers[0], week=monday.toordinal()
            )
            make_mention(self.session, text, score=score)


@pytest.fixture
def shop(session: Session) -> Shop:
    return Shop(session)


def around(mean: float, people: int = 30) -> list[float]:
    return [mean + number / 200 for number in range(people)]


def note_of(page: str) -> str:
    return words(page.split('<p class="note">')[1].split("</p>", maxsplit=1)[0])


def arrow_in(page: str) -> str | None:
    found = re.search(r"(better|worse) than the wave before", row_of(page, "Delivery"))
    return found[1] if found else None


def test_waves_asked_in_other_words_are_compared_with_a_note(
    shop: Shop, session: Session, marketer: FlaskClient
) -> None:
    shop.publish(WHY)
    shop.say(shop.wave("Lente", 3), around(0.5))
    shop.publish(OTHER_WHY)
    autumn = shop.wave("Herfst", 9)
    shop.say(autumn, around(-0.7))
    session.commit()

    page = marketer.get(f"/staff/touchpoints/?wave={autumn.id}").text
    (link,) = html.fromstring(page).xpath("//p[@class='note']/a/@href")
    changed = marketer.get(link).text

    assert arrow_in(page) == "worse"
    assert "100 points worse than Lente" in words(page)
    assert note_of(page) == (
        "Between Lente and this wave the questions went from version 1.0.0 to 1.1.0."
        " Compared, though asked in other words: “Why did you choose us?”. What changed"
    )
    assert ("Why us?" in changed, "Why did you choose us?" in changed) == (True, True)
    assert "Still comparable" in changed


def test_what_one_wave_alone_was_asked_stays_out_of_the_comparison(
    shop: Shop, session: Session, marketer: FlaskClient
) -> None:
    shop.publish(WHY, OBSTACLE)
    spring = shop.wave("Lente", 3)
    shop.say(spring, around(0.2))
    shop.say(spring, around(0.8), "obstacle")
    shop.publish(WHY, TIP)
    autumn = shop.wave("Herfst", 9)
    shop.say(autumn, around(0.2))
    shop.say(autumn, around(-0.9), "tip")
    session.commit()

    page = marketer.get(f"/staff/touchpoints/?wave={autumn.id}").text

    assert arrow_in(page) is None
    assert "about the same as Lente" in words(page)
    assert (
        "Left out of the comparison: “What would you tell us?” (new);"
        " “What got in your way?” (no longer asked)."
    ) in note_of(page)


def test_options_that_one_wave_alone_was_offered_stay_out(
    shop: Shop, session: Session, marketer: FlaskClient
) -> None:
    shop.publish(CHANNEL)
    spring = shop.wave("Lente", 3)
    shop.say(spring, around(0.3), "channel", code="shop")
    shop.say(spring, around(0.8), "channel", code="phone")
    shop.publish(OTHER_CHANNEL)
    autumn = shop.wave("Herfst", 9)
    shop.say(autumn, around(0.3), "channel", code="shop")
    shop.say(autumn, around(-0.9), "channel", code="chat")
    session.commit()

    page = marketer.get(f"/staff/touchpoints/?wave={autumn.id}").text

    assert arrow_in(page) is None
    assert "about the same as Lente" in words(page)
    assert (
        "Compared only on the options that both offer: “How did you buy?”."
        in note_of(page)
    )


def test_the_gravest_change_over_several_versions_counts(
    shop: Shop, session: Session, marketer: FlaskClient
) -> None:
    shop.publish(WHY, CHANNEL, OBSTACLE)
    spring = shop.wave("Lente", 3)
    shop.say(spring, around(0.5))
    shop.publish(OTHER_WHY, OTHER_CHANNEL)
    shop.publish(OTHER_WHY, OTHER_CHANNEL, OBSTACLE)
    autumn = shop.wave("Herfst", 9)
    shop.say(autumn, around(-0.7))
    session.commit()

    page = marketer.get(f"/staff/touchpoints/?wave={autumn.id}").text
    address = "/staff/questionnaires/shop/versions/compare?older=1.0.0&newer=1.2.0"
    changed = html.fromstring(marketer.get(address).text)

    assert arrow_in(page) == "worse"
    assert "from version 1.0.0 to 1.2.0" in note_of(page)
    assert "in other words: “Why did you choose us?”." in note_of(page)
    assert "both offer: “How did you buy?”." in note_of(page)
    assert "Left out" not in note_of(page)  # it was away, and came back as it was
    listed = changed.xpath("//ul[contains(@class, 'likeness')]/li")
    assert [words(each.text_content()) for each in listed] == [
        "Other words Why did you choose us? why",
        "Other options How did you buy? channel options that all versions have: shop",
    ]
    assert len(changed.xpath("//section/h3[starts-with(@id, 'step-')]")) == 2


def test_waves_that_share_no_question_are_not_compared(
    shop: Shop, session: Session, marketer: FlaskClient
) -> None:
    shop.publish(WHY)
    shop.say(shop.wave("Lente", 3), around(0.5))
    shop.publish(TIP)
    autumn = shop.wave("Herfst", 9)
    shop.say(autumn, around(-0.7), "tip")
    session.commit()

    page = marketer.get(f"/staff/touchpoints/?wave={autumn.id}").text

    assert arrow_in(page) is None
    assert "than Lente" not in page
    assert note_of(page).startswith("The wave before asked other questions")


def test_a_wave_that_nobody_filled_in_a_questionnaire_in_is_not_compared(
    shop: Shop, session: Session, marketer: FlaskClient
) -> None:
    shop.publish(WHY)
    shop.wave("Lente", 3)
    autumn = shop.wave("Herfst", 9)
    shop.say(autumn, around(-0.7))
    session.commit()

    page = marketer.get(f"/staff/touchpoints/?wave={autumn.id}").text

    assert arrow_in(page) is None
    assert note_of(page) == (
        "Only in one of this wave and Lente did people fill in a questionnaire,"
        " so the two are not compared."
    )


def test_waves_asked_the_same_version_need_no_note(
    shop: Shop, session: Session, marketer: FlaskClient
) -> None:
    shop.publish(WHY)
    shop.say(shop.wave("Lente", 3), around(0.5))
    autumn = shop.wave("Herfst", 9)
    shop.say(autumn, around(-0.7))
    session.commit()

    page = marketer.get(f"/staff/touchpoints/?wave={autumn.id}").text

    assert arrow_in(page) == "worse"
    assert 'class="note"' not in page
    assert "Drawn from versions" not in page


Fill = Callable[..., None]


@pytest.fixture
def fill_weeks(shop: Shop, session: Session) -> Fill:
    """Two weeks of one version, then two of the next."""

    def fill(before: Asked, after: Asked) -> None:
        for number, asked in enumerate((before, after)):
            shop.publish(asked)
            for week in (0, 1):
                shop.say(None, around(0.4, 6), asked.id, week=2 * number + week)
        session.commit()

    return fill


def drawn_lines(page: str) -> tuple[int, int]:
    """In the chart of the chosen touchpoint: lines, and marks where they break."""
    (chart,) = html.fromstring(page).xpath("//section[@class='trend']/svg")
    return len(chart.xpath(".//polyline")), len(chart.xpath(".//line[@class='break']"))


def table_of(page: str) -> list[str]:
    rows = html.fromstring(page).xpath("//section[@class='trend']//tbody/tr")
    return [words(" ".join(row.itertext())) for row in rows]


def test_a_line_breaks_where_another_question_takes_over(
    fill_weeks: Fill, marketer: FlaskClient
) -> None:
    fill_weeks(WHY, TIP)

    page = marketer.get("/staff/touchpoints/?wave=all").text

    assert drawn_lines(page) == (2, 1)
    spark = page.split('class="spark"')[1].split("</svg>")[0]
    assert (spark.count("<polyline"), spark.count('class="break"')) == (2, 1)
    assert "the line is broken once" in row_of(page, "Delivery")
    assert [row.replace(" *", "*") for row in table_of(page)] == [
        "5 Oct 2026 6 +0.8*",
        "12 Oct 2026 6 +0.8*",
        "From here not comparable with what stands above.",
        "19 Oct 2026 6 +0.8*",
        "26 Oct 2026 6 +0.8*",
    ]
    broken = page.split('<p class="broken">')[1].split("</p>")[0]
    assert words(broken) == (
        "The line starts anew in the week of 19 Oct 2026, with version 1.1.0 after"
        " 1.0.0: “Why us?” (no longer asked); “What would you tell us?” (new)."
        " What changed"
    )


def test_a_line_goes_on_where_only_the_words_changed(
    fill_weeks: Fill, marketer: FlaskClient
) -> None:
    fill_weeks(WHY, OTHER_WHY)

    page = marketer.get("/staff/touchpoints/?wave=all").text

    assert drawn_lines(page) == (1, 0)
    assert "the line is broken" not in page


def test_a_line_breaks_over_options_only_where_they_are_spoken_of(
    shop: Shop, session: Session, marketer: FlaskClient
) -> None:
    for number, asked in enumerate((CHANNEL, OTHER_CHANNEL)):
        shop.publish(asked)
        for week in (0, 1):
            shop.say(
                None, around(0.4, 6), "channel", code="shop", week=2 * number + week
            )
    session.commit()

    shared = marketer.get("/staff/touchpoints/?wave=all").text
    shop.say(None, around(0.4, 6), "channel", code="chat", week=3)
    session.commit()
    broken = marketer.get("/staff/touchpoints/?wave=all").text

    assert (drawn_lines(shared), drawn_lines(broken)) == ((1, 0), (2, 1))
    assert "“How did you buy?” (other options)" in words(broken)


def test_a_small_week_hides_how_many_spoke_in_the_others(
    shop: Shop, session: Session, marketer: FlaskClient
) -> None:
    shop.publish(WHY)
    for week, people in enumerate((7, 3, 8)):
        shop.say(None, around(0.4, people), week=week)
    session.commit()

    page = marketer.get("/staff/touchpoints/?wave=all").text

    assert [row.replace(" *", "*") for row in table_of(page)] == [
        "5 Oct 2026 +0.8*",
        "12 Oct 2026 Too few",
        "19 Oct 2026 +0.8*",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "/staff/touchpoints/?wave=all",
        "/staff/touchpoints/delivery/sentences?wave=all",
    ],
)
def test_figures_of_several_versions_say_which(
    fill_weeks: Fill, marketer: FlaskClient, address: str
) -> None:
    fill_weeks(WHY, OTHER_WHY)

    page = marketer.get(address).text

    told = page.split("drawn-from")[1].split("</p>")[0]
    assert "Drawn from versions 1.0.0, 1.1.0 of shop." in told
    assert "compare?older=1.0.0&amp;newer=1.1.0" in told


def test_the_map_says_which_versions_it_draws_from(
    fill_weeks: Fill, marketer: FlaskClient
) -> None:
    fill_weeks(WHY, OTHER_WHY)

    drawing = marketer.get("/staff/journey/map.svg").text

    assert "shop: versions 1.0.0, 1.1.0" in drawing


def test_personas_say_which_versions_they_draw_from(
    fill_weeks: Fill, database: Database, marketer: FlaskClient
) -> None:
    fill_weeks(WHY, OTHER_WHY)
    refresh_personas(database, force=True)

    page = marketer.get("/staff/personas/").text

    assert "Drawn from versions 1.0.0, 1.1.0 of shop." in page


def test_versions_that_are_not_there_cannot_be_compared(
    shop: Shop, session: Session, marketer: FlaskClient
) -> None:
    shop.publish(WHY)
    session.commit()
    address = "/staff/questionnaires/shop/versions/compare"

    found = [
        marketer.get(f"{address}{asked}").status_code
        for asked in ("", "?older=1.0.0&newer=9.9.9", "?older=1.0.0&newer=1.0.0")
    ]

    assert found == [404, 404, 200]
