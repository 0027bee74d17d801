"""Labelled answers: what a line says."""

from pathlib import Path

import pytest

from analysis.labelled import Span, read_labelled
from analysis.records import Language, Polarity, QuestionRole

LABELLED = Path(__file__).parents[2] / "labelled_answers"


def test_label_with_its_words_gives_their_place(tmp_path: Path) -> None:
    path = tmp_path / "answers.tsv"
    path.write_text(
        "nl\treview\tSnel, maar te duur\tdelivery+=Snel | price-=te duur\n", "utf-8"
    )

    [one] = read_labelled(path)

    assert one.labels == {("delivery", Polarity.POSITIVE), ("price", Polarity.NEGATIVE)}
    assert one.spans == (
        Span(0, 4, "delivery", Polarity.POSITIVE),
        Span(11, 18, "price", Polarity.NEGATIVE),
    )
    assert (one.text.language, one.text.question) == (
        Language.DUTCH,
        QuestionRole.REVIEW,
    )


def test_words_that_are_not_in_the_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "answers.tsv"
    path.write_text("nl\treview\tTe duur\tprice-=te goedkoop\n", "utf-8")

    with pytest.raises(ValueError, match="te goedkoop"):
        read_labelled(path)


def test_label_without_words_still_reads(tmp_path: Path) -> None:
    path = tmp_path / "answers.tsv"
    path.write_text("en\twhy_us\tcheap\tprice+\n", "utf-8")

    [one] = read_labelled(path)

    assert one.labels == {("price", Polarity.POSITIVE)}
    assert one.spans == ()


@pytest.mark.parametrize("part", ["train", "test"])
def test_our_labelled_answers_read(part: str) -> None:
    paths = [p for p in (LABELLED / part).glob("*.tsv") if "personal" not in p.name]

    texts = [one for path in paths for one in read_labelled(path)]

    assert all(bool(one.labels) == bool(one.spans) for one in texts)
    assert len(texts) > 600
