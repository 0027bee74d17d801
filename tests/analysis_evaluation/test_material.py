"""Which texts are measured on, and what is kept apart for it."""

import json
from pathlib import Path

from analysis.labelled import is_held_out
from analysis.records import Polarity
from analysis_evaluation.material import Source, sources, taught_and_held_out


def write_reviews(path: Path, *items: dict[str, object]) -> None:
    path.write_text("".join(f"{json.dumps(item)}\n" for item in items), "utf-8")


def review(
    key: str, text: str, *labels: tuple[str | None, str], **more: object
) -> dict[str, object]:
    given = [{"touchpoint": name, "polarity": sign} for name, sign in labels]
    return {"id": key, "lang": "nl", "text": text, "labels": given, **more}


def held_out_keys(count: int) -> list[str]:
    return [key for key in map(str, range(200)) if is_held_out(key)][:count]


def source(folder: Path, name: str) -> Source:
    [found] = [one for one in sources(folder) if one.path.stem == name]
    return found


def test_survey_answers_are_measured_by_language_as_well(tmp_path: Path) -> None:
    [answers] = [one for one in sources(tmp_path) if one.name == "survey answers"]

    parts = {name: len(rows) for name, rows in answers.read().parts()}

    assert parts == {"survey answers": 662, "answers_en": 225, "answers_nl": 437}


def test_what_is_taught_is_not_measured_on(tmp_path: Path) -> None:
    taught, held_out = taught_and_held_out(tmp_path)
    texts = {one.text for one in taught}

    assert len(taught) > 6 * len(held_out) > 1000
    assert all(is_held_out(one.text.text) for one in held_out)
    for one in sources(tmp_path):
        if one.path.exists() and not one.name.startswith("older"):
            assert texts.isdisjoint(each.text for each in one.read().texts)


def test_sentences_of_one_review_are_held_out_together(tmp_path: Path) -> None:
    [kept] = held_out_keys(1)
    path = tmp_path / "opener_nl_hotel.jsonl"
    write_reviews(
        path,
        review("1", "Vies", (None, "negative"), doc=kept),
        review(
            "2", "Mooi en vies", ("product", "positive"), (None, "negative"), doc=kept
        ),
        review("3", "Elders", ("product", "positive"), doc="elsewhere"),
    )
    assert not is_held_out("elsewhere")

    material = source(tmp_path, "opener_nl_hotel").read()

    assert [one.text.text for one in material.texts] == ["Vies", "Mooi en vies"]
    assert material.signs == [Polarity.NEGATIVE, None]


def test_research_texts_that_were_trained_on_are_left_out(tmp_path: Path) -> None:
    write_reviews(
        tmp_path / "mabsa_en_restaurant.jsonl",
        review("1", "The fish was n't fresh .", ("product", "negative")),
    )
    write_reviews(
        tmp_path / "semeval16_nl_restaurants.jsonl",
        review("1", "The fish wasn't fresh.", ("product", "negative")),
        review("2", "Lekkere vis", ("product", "positive")),
    )

    material = source(tmp_path, "semeval16_nl_restaurants").read()

    assert [one.text.text for one in material.texts] == ["Lekkere vis"]


def test_small_organisations_are_taken_together(tmp_path: Path) -> None:
    firms = [(1, "Banking")] * 100 + [(2, "Fashion"), (3, "Travel")]
    write_reviews(
        tmp_path / "fabsa_en.jsonl",
        *(
            review(str(at), f"text {at}", ("app", "positive"), org=org, industry=trade)
            for at, (org, trade) in enumerate(firms)
        ),
    )

    parts = source(tmp_path, "fabsa_en").read().parts()

    assert {name: len(rows) for name, rows in parts} == {
        "fabsa_en": 102,
        "fabsa_en Banking 1": 100,
        "fabsa_en smaller ones": 2,
    }
