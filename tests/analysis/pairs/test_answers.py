"""Every minimal pair of what an answer speaks of, read by the rules alone.

The linear model that corrects reviews without the encoder has no say here: a pair shows
what a rule does, and must not pass, or fail, by what a model was shown.
"""

import pytest

from analysis.interpretation import overall_polarity
from analysis.pipeline import Pipeline, Recipe, build_pipeline
from analysis.records import Language, Polarity, QuestionRole, Text
from tests.analysis.pairs import read_pairs

FAMILIES = [
    *("negation", "contrast", "intensity", "comparison", "conditionals", "questions"),
    *("emoji", "typing", "compounds", "flemish", "shorthand", "english_in_dutch"),
    *("question_light", "empty_answers", "unknown"),
]
PAIRS = [(family, *line) for family in FAMILIES for line in read_pairs(family)]
BEYOND = [line[:4] for line in read_pairs("beyond_rules")]
LEAST_BEYOND = 0.8  # set before any weights were at hand
SIGN = {
    Polarity.POSITIVE: "+",
    Polarity.NEGATIVE: "-",
    Polarity.NEUTRAL: "0",
    None: "0",
}


@pytest.fixture(scope="module")
def rules() -> Pipeline:
    return build_pipeline(Recipe(fast=True))


def as_text(language: str, question: str, text: str) -> Text:
    role = None if question == "-" else QuestionRole(question)
    return Text(text, role, Language(language))


def labels(found: set[tuple[str, Polarity]]) -> str:
    signs = sorted(f"{touchpoint}{SIGN[polarity]}" for touchpoint, polarity in found)
    return " ".join(signs) or "nothing"


def wanted(expected: str) -> str:
    return " ".join(sorted(expected.split()))


@pytest.mark.parametrize(("family", "language", "question", "text", "expected"), PAIRS)
def test_rules_read_the_pair(
    rules: Pipeline, family: str, language: str, question: str, text: str, expected: str
) -> None:
    reading = rules.read(as_text(language, question, text))
    overall = overall_polarity(reading.clauses, reading.drafts)

    found = labels({(draft.touchpoint, draft.polarity) for draft in reading.drafts})

    by_overall = expected.startswith("overall")
    given = f"overall{SIGN[overall]}" if by_overall else found
    assert given == wanted(expected), family


@pytest.mark.parametrize("family", FAMILIES)
def test_family_has_both_languages_or_is_dutch_by_nature(family: str) -> None:
    languages = {line[0] for line in read_pairs(family)}

    dutch_only = family in {"compounds", "flemish", "english_in_dutch"}
    assert languages == ({"nl"} if dutch_only else {"nl", "en"})


def test_whole_product_reads_most_of_what_rules_cannot() -> None:
    product = build_pipeline()
    if product.encoder is None:
        pytest.skip("this package has no encoder weights")
    texts = [as_text(*line[:3]) for line in BEYOND]

    right = sum(
        labels({(m.touchpoint, m.polarity) for m in analysis.mentions})
        == wanted(line[3])
        for analysis, line in zip(product.analyse(texts), BEYOND, strict=True)
    )

    assert right / len(BEYOND) >= LEAST_BEYOND
