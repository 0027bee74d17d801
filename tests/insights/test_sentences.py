from sqlalchemy.orm import Session

from survey_app.insights.excerpts import choose_excerpts
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.masking import mask, mask_all
from survey_app.insights.models import AnalysedText
from survey_app.insights.sentences import (
    Sentence,
    count_sentences,
    list_sentences,
)
from survey_app.interviews.models import Turn
from tests.factories import (
    A_MOMENT,
    A_MONDAY,
    make_interview,
    make_mention,
    make_opinion,
    make_version,
)

EVERYTHING = FigureFilter()


def test_a_sentence_of_an_answer_says_whose_and_where(session: Session) -> None:
    mention = make_opinion(
        session, make_version(session), -0.6, words="Te laat, maar heel", cues=["laat"]
    )

    [sentence] = list_sentences(session, EVERYTHING, "delivery")

    assert sentence == Sentence(
        mention_id=mention.id,
        analysed_text_id=mention.analysed_text_id,
        respondent_id=mention.respondent_id,
        text="Te laat, maar heel",
        start=0,
        end=5,
        touchpoint="delivery",
        polarity="negative",
        score=-0.6,
        confidence=0.8,
        emotion="none",
        stance="fact",
        method="model",
        cues=("laat",),
        language="nl",
        source="survey",
        role="interactions",
        question_id="interactions",
        response_id=sentence.response_id,
        interview_id=None,
        interview_title=None,
    )


def test_a_sentence_of_an_interview_is_the_turn_alone(session: Session) -> None:
    interview = make_interview(session, "Interviewer: En? 🙂\nAnna: De site is traag.")
    session.flush()
    turn: Turn = interview.turns[1]
    text = AnalysedText(
        turn_id=turn.id,
        respondent_id=turn.speaker.respondent_id,
        source="interview",
        role="interview",
        language="nl",
        week=A_MONDAY.toordinal(),
        version="1",
        analysed_at=A_MOMENT,
    )
    session.add(text)
    session.flush()
    make_mention(session, text, touchpoint="website", start=3, end=16)

    [sentence] = list_sentences(session, EVERYTHING, "website")

    assert sentence.text == "De site is traag."
    assert sentence.text[sentence.start : sentence.end] == "site is traag"
    assert (sentence.interview_id, sentence.interview_title, sentence.response_id) == (
        interview.id,
        "Interview",
        None,
    )


def test_sentences_come_in_pages_the_surest_first(session: Session) -> None:
    version = make_version(session)
    for confidence in (0.5, 0.9, 0.7):
        make_opinion(session, version, -0.6, confidence=confidence)
    make_opinion(session, version, 0.6, confidence=1.0)

    first = list_sentences(session, EVERYTHING, "delivery", limit=2)
    second = list_sentences(session, EVERYTHING, "delivery", limit=2, offset=2)
    negative = list_sentences(session, EVERYTHING, "delivery", polarity="negative")

    assert [each.confidence for each in (*first, *second)] == [1.0, 0.9, 0.7, 0.5]
    assert [each.confidence for each in negative] == [0.9, 0.7, 0.5]
    assert count_sentences(session, EVERYTHING, "delivery") == {
        "negative": 3,
        "positive": 1,
    }


def test_masked_sentences_show_no_personal_data(session: Session) -> None:
    words = "Mail a@b.nl: te laat"
    make_opinion(session, make_version(session), -0.6, words=words, start=13, end=20)

    [sentence] = list_sentences(session, EVERYTHING, "delivery")
    masked = mask(sentence)

    assert masked.text == "Mail […]: te laat"
    assert masked.text[masked.start : masked.end] == "te laat"
    assert mask_all([sentence]) == (masked,)


def test_an_excerpt_is_masked_by_the_words_around_it_too(session: Session) -> None:
    words = "Ik werd geholpen door Xanti, die alles wist"
    start = words.index("Xanti")
    version = make_version(session)
    make_opinion(session, version, 0.6, words=words, start=start, end=len(words))

    [[excerpt]] = choose_excerpts(session, EVERYTHING).values()

    assert excerpt.words == "[…], die alles wist"
