"""What is measured side by side: ours, the lexicons and the linear baseline."""

import pytest

from analysis.pipeline import Recipe, build_pipeline
from analysis.records import Language, Polarity, QuestionRole, Text
from analysis_evaluation.lexicons import pattern_for_dutch, vader
from analysis_evaluation.material import taught_and_held_out
from analysis_evaluation.pattern import PatternLexicon, shipped_lexicon
from analysis_evaluation.systems import OwnAnalysis, RememberingEncoder
from analysis_evaluation.tfidf import LinearBaseline
from tests.analysis.gardens import GardenEncoder, trusting_recipe


@pytest.fixture(scope="module")
def lexicon() -> PatternLexicon:
    return shipped_lexicon()


@pytest.fixture(scope="module")
def baseline(tmp_path_factory: pytest.TempPathFactory) -> LinearBaseline:
    """Taught on our own answers alone."""
    return LinearBaseline(*taught_and_held_out(tmp_path_factory.mktemp("no_reviews")))


def test_own_analysis_tells_how_sure_it_is_of_touchpoint_and_polarity() -> None:
    pipeline = build_pipeline(trusting_recipe(), encoder=GardenEncoder())
    system = OwnAnalysis("ours", pipeline)
    texts = [Text("Later in de tuin"), Text("Later in de gang")]

    [in_garden, in_corridor] = system.chances(texts) or []
    [garden, corridor] = system.opinions(texts, [["event"], ["event"]])

    assert in_garden["event"] == pytest.approx(0.9, abs=0.001)
    assert in_corridor == {}
    assert garden["event"].polarity is Polarity.POSITIVE
    # of the three, without the share that is both ways
    assert garden["event"].sureness == pytest.approx(0.85 / 0.95, abs=0.001)
    assert corridor["event"].sureness == pytest.approx(0.85 / 0.95, abs=0.001)


def test_opinions_are_the_pipelines_own() -> None:
    pipeline = build_pipeline(Recipe(fast=True))
    texts = [Text("Snelle levering, maar te duur", QuestionRole.REVIEW)]

    [opinions] = OwnAnalysis("ours", pipeline).opinions(texts, [["delivery", "price"]])

    [expected] = pipeline.polarity_on(texts, [["delivery", "price"]])
    assert {name: one.polarity for name, one in opinions.items()} == expected
    assert expected == {"delivery": Polarity.POSITIVE, "price": Polarity.NEGATIVE}
    assert OwnAnalysis("ours", pipeline).chances(texts) is None


def test_encoder_reads_the_texts_of_a_file_once() -> None:
    encoder = GardenEncoder()
    pipeline = build_pipeline(trusting_recipe(), encoder=RememberingEncoder(encoder))
    system = OwnAnalysis("ours", pipeline)
    texts = [Text("In de gang"), Text("Later in de tuin")]

    analyses = system.analyse(texts)
    system.opinions(texts, [["event"], ["event"]])
    system.chances(texts)

    assert encoder.read == ["In de gang", "Later in de tuin"]
    plain = build_pipeline(trusting_recipe(), encoder=GardenEncoder())
    assert analyses == plain.analyse(texts)


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ("een heel mooie site", "een mooie site"),
        ("een mooie site!", "een mooie site"),
        ("een mooie site", "geen mooie site"),
        ("de site is niet slecht", "de site is slecht"),
        ("de site :)", "de site"),
    ],
)
def test_pattern_weighs_what_stands_beside_a_word(
    stronger: str, weaker: str, lexicon: PatternLexicon
) -> None:
    assert lexicon.score(stronger) > lexicon.score(weaker)


def test_pattern_says_nothing_of_words_it_does_not_know(
    lexicon: PatternLexicon,
) -> None:
    assert lexicon.score("via de makelaar") == 0


def test_lexicons_give_one_polarity_for_all_touchpoints() -> None:
    dutch, english = pattern_for_dutch(), vader()

    [opinions] = dutch.opinions([Text("Slechte service")], [["price", "delivery"]])
    [analysis] = english.analyse([Text("Great service, lovely people")])

    assert {one.polarity for one in opinions.values()} == {Polarity.NEGATIVE}
    assert opinions.keys() == {"price", "delivery"}
    assert (analysis.overall, analysis.mentions) == (Polarity.POSITIVE, ())
    assert (dutch.languages, english.languages) == (
        (Language.DUTCH,),
        (Language.ENGLISH,),
    )


def test_baseline_learns_touchpoints_and_polarity(baseline: LinearBaseline) -> None:
    role = QuestionRole.SIMPLIFY_PURCHASE
    dear = Text("De verzendkosten zijn te hoog", role, Language.DUTCH)
    fine = Text("niks, ging prima", role, Language.DUTCH)

    first, second = baseline.analyse([dear, fine])

    found = {(one.touchpoint, one.polarity) for one in first.mentions}
    assert ("delivery", Polarity.NEGATIVE) in found
    assert second.overall is Polarity.POSITIVE
    [chances] = baseline.chances([dear])
    assert chances.keys() == {one.touchpoint for one in first.mentions}
    [opinions] = baseline.opinions([dear], [["delivery"]])
    assert opinions["delivery"].polarity is Polarity.NEGATIVE
    assert baseline.analyse([]) == []
