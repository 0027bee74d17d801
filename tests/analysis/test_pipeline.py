"""The whole analysis, from text to mentions."""

import time

import pytest

from analysis.encoder import WrongEncoderError
from analysis.pipeline import Pipeline, Recipe, build_pipeline, non_answer
from analysis.records import Language, Method, Polarity, QuestionRole, Text
from tests.analysis.gardens import GardenEncoder, trusting_recipe

POSITIVE, NEUTRAL, NEGATIVE = Polarity.POSITIVE, Polarity.NEUTRAL, Polarity.NEGATIVE


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return build_pipeline(Recipe(fast=True))  # the rules by themselves


def mentions(
    pipeline: Pipeline,
    text: str,
    role: QuestionRole | None,
    language: Language = Language.DUTCH,
) -> set[tuple[str, Polarity]]:
    [analysis] = pipeline.analyse([Text(text, role, language)])
    return {(mention.touchpoint, mention.polarity) for mention in analysis.mentions}


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        ("Ging goed", "website_experience", {("website", POSITIVE)}),
        ("Ja, vrij vlot", "findability", {("search_navigation", POSITIVE)}),
        ("nee", "findability", {("search_navigation", NEGATIVE)}),
        ("De kosten", "deciding_factor", {("price", NEUTRAL)}),
        ("via google", "found_us", {("search_engine", NEUTRAL)}),
        ("Graag betalen met een tikkie", "simplify_purchase", {("checkout", NEGATIVE)}),
        ("De service", "why_us", {("customer_service", POSITIVE)}),
        ("een kwartiertje", "time_on_site", set()),
    ],
)
def test_question_is_evidence(
    pipeline: Pipeline, text: str, role: str, expected: set[tuple[str, Polarity]]
) -> None:
    assert mentions(pipeline, text, QuestionRole(role)) == expected


@pytest.mark.parametrize("role", [*QuestionRole, None])
@pytest.mark.parametrize("text", ["", " ", "-", "n.v.t.", "Geen idee!", "no idea"])
def test_non_answer_has_no_mention(
    pipeline: Pipeline, text: str, role: QuestionRole | None
) -> None:
    [analysis] = pipeline.analyse([Text(text, role)])

    assert analysis.mentions == ()
    assert analysis.overall is None


def test_emoji_alone_is_an_answer() -> None:
    assert not non_answer("👍")


def test_prior_does_not_override_what_the_text_says(pipeline: Pipeline) -> None:
    found = mentions(pipeline, "De levering was traag", QuestionRole.WEBSITE_EXPERIENCE)

    assert found == {("delivery", NEGATIVE)}


def test_one_touchpoint_may_be_praised_and_blamed(pipeline: Pipeline) -> None:
    found = mentions(
        pipeline,
        "De levering was snel, maar de doos kwam beschadigd aan",
        QuestionRole.REVIEW,
    )

    assert {("delivery", POSITIVE), ("delivery", NEGATIVE)} <= found


def test_opinions_go_to_the_touchpoint_beside_them(pipeline: Pipeline) -> None:
    found = mentions(
        pipeline,
        "In de winkel vriendelijk geholpen, online reageerde niemand op mijn mail",
        QuestionRole.INTERACTIONS,
    )

    assert found == {("physical_store", POSITIVE), ("customer_service", NEGATIVE)}


def test_what_something_is_better_than_is_worse(pipeline: Pipeline) -> None:
    found = mentions(
        pipeline,
        "prima app, werkt beter dan de website",
        QuestionRole.WEBSITE_EXPERIENCE,
    )

    assert ("website", NEGATIVE) in found


def test_mention_shows_the_words_that_decided(pipeline: Pipeline) -> None:
    text = "😀 Mooie site, maar de verzendkosten zijn te hoog"

    [analysis] = pipeline.analyse([Text(text, QuestionRole.WEBSITE_EXPERIENCE)])

    [delivery] = [m for m in analysis.mentions if m.touchpoint == "delivery"]
    assert text[delivery.start : delivery.end] == "de verzendkosten zijn te hoog"
    assert all(cue in text for cue in delivery.cues)
    assert delivery.cues[0].startswith("verzendkosten")
    assert delivery.method is Method.LEXICON
    assert 0 < delivery.confidence < 1


def test_default_of_the_question_says_so(pipeline: Pipeline) -> None:
    [analysis] = pipeline.analyse([Text("Prima", QuestionRole.WEBSITE_EXPERIENCE)])

    assert [mention.method for mention in analysis.mentions] == [Method.QUESTION]


def test_overall_polarity_needs_no_touchpoint(pipeline: Pipeline) -> None:
    [analysis] = pipeline.analyse([Text("Netjes, ga zo door.")])

    assert analysis.overall is POSITIVE


def test_order_of_texts_is_kept(pipeline: Pipeline) -> None:
    texts = [Text("via google", QuestionRole.FOUND_US), Text("-"), Text("te duur")]

    analyses = pipeline.analyse(texts)

    assert [len(analysis.mentions) for analysis in analyses] == [1, 0, 1]


def test_long_interview_is_read_to_its_end(pipeline: Pipeline) -> None:
    text = "De levering was snel. " * 2_000

    [analysis] = pipeline.analyse([Text(text, QuestionRole.INTERVIEW)])

    assert analysis.clauses[-1].end == len(text.rstrip())


def test_version_is_the_same_for_the_same_data() -> None:
    assert build_pipeline().version == build_pipeline().version


def test_same_text_gives_the_same_analysis(pipeline: Pipeline) -> None:
    text = Text("Prijs is prima, kwaliteit valt tegen", QuestionRole.REVIEW)

    assert pipeline.analyse([text]) == build_pipeline(Recipe(fast=True)).analyse([text])


@pytest.mark.parametrize(
    ("text", "role", "expected"),
    [
        (
            "Koeriers zijn oké. Telefoon ook. Chatbot kan in de container.",
            "interactions",
            {
                ("delivery", POSITIVE),
                ("customer_service", POSITIVE),
                ("customer_service", NEGATIVE),
            },
        ),
        (
            "Track en trace klopte van geen kant",
            "interactions",
            {("delivery", NEGATIVE)},
        ),
        ("De winkel is 10 min fietsen", "interactions", {("physical_store", NEUTRAL)}),
        ("10", "website_experience", {("website", POSITIVE)}),
        ("2", "website_experience", {("website", NEGATIVE)}),
        ("10", "time_on_site", set()),
        ("Snellere levering", "simplify_purchase", {("delivery", NEGATIVE)}),
        ("None, never got that far", "interactions", set()),
        ("gratis verzending", "why_us", {("delivery", POSITIVE), ("price", POSITIVE)}),
        (
            "alles, zelfs die rare maat",
            "findability",
            {("search_navigation", POSITIVE)},
        ),
    ],
)
def test_answers_that_were_once_misread(
    pipeline: Pipeline, text: str, role: str, expected: set[tuple[str, Polarity]]
) -> None:
    assert mentions(pipeline, text, QuestionRole(role)) == expected


def test_evidence_holds_the_clause_that_judged(pipeline: Pipeline) -> None:
    text = "Een week later heb ik gebeld en ze waren er nog. Dat vond ik knap."

    [analysis] = pipeline.analyse([Text(text, QuestionRole.INTERACTIONS)])

    [mention] = analysis.mentions
    assert mention.polarity is POSITIVE
    assert text[mention.start : mention.end] == text


@pytest.mark.parametrize(
    "piece", ["😀👍", "a", "snel, goed, duur, ", "als je betaalt ", "en "]
)
def test_time_grows_with_the_length_of_a_text(pipeline: Pipeline, piece: str) -> None:
    def seconds(characters: int) -> float:
        text = Text(piece * (characters // len(piece)), QuestionRole.INTERVIEW)
        started = time.process_time()
        pipeline.analyse([text])
        return time.process_time() - started

    seconds(1_000)

    assert seconds(40_000) < 12 * seconds(8_000) + 0.5


def test_encoder_adds_what_no_cue_names() -> None:
    pipeline = build_pipeline(trusting_recipe(), encoder=GardenEncoder())

    [garden, kitchen] = pipeline.analyse(
        [Text("In de gang. Later in de tuin"), Text("In de gang")]
    )

    [mention] = [m for m in garden.mentions if m.method is Method.MODEL]
    assert (mention.touchpoint, mention.polarity) == ("event", POSITIVE)
    assert mention.method is Method.MODEL
    assert mention.start > 0  # the sentence with the garden
    assert mention.confidence == pytest.approx(0.9 * 0.9, abs=0.001)
    assert kitchen.mentions == ()


def test_encoder_is_part_of_the_version() -> None:
    with_encoder = build_pipeline(trusting_recipe(), encoder=GardenEncoder())

    assert with_encoder.version != build_pipeline(Recipe(fast=True)).version


def test_weights_of_another_encoder_are_refused() -> None:
    with pytest.raises(WrongEncoderError):
        build_pipeline(encoder=GardenEncoder())
