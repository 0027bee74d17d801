import pytest

from analysis.emotions import EmotionTagger
from analysis.language import make_tokenizer
from analysis.records import Emotion, Language
from analysis.sentiment import SentimentScorer


def emotion(text: str, language: Language) -> Emotion:
    span = make_tokenizer(language)(text)[:]
    return EmotionTagger(language).tag(span, SentimentScorer(language).score(span))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ik ben er heel blij mee", Emotion.JOY),
        ("Ik ben er niet blij mee", Emotion.NONE),
        ("Betrouwbare winkel, altijd eerlijk", Emotion.TRUST),
        ("Ik was aangenaam verrast", Emotion.SURPRISE),
        ("Steeds hetzelfde antwoord, gek word ik ervan", Emotion.FRUSTRATION),
        ("Drie keer gebeld en niemand belt terug", Emotion.FRUSTRATION),
        ("Schandalig, oplichters zijn het", Emotion.ANGER),
        ("Nooit meer 😡", Emotion.ANGER),
        ("Het viel me erg tegen, jammer", Emotion.DISAPPOINTMENT),
        ("Ik twijfelde of ze wel betrouwbaar waren, vrij onzeker", Emotion.WORRY),
        ("Ik was bang dat het niet veilig was", Emotion.WORRY),
        ("Pff eindelijk opgelost, wat een opluchting", Emotion.RELIEF),
        ("Via Google", Emotion.NONE),
        ("De prijs", Emotion.NONE),
        ("Netjes", Emotion.NONE),
    ],
)
def test_dutch_feelings_are_named(text: str, expected: Emotion) -> None:
    assert emotion(text, Language.DUTCH) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Love it 😍", Emotion.JOY),
        ("A shop you can rely on, very trustworthy", Emotion.TRUST),
        ("I was pleasantly surprised", Emotion.SURPRISE),
        ("The app keeps crashing, so annoying", Emotion.FRUSTRATION),
        ("Disgraceful, a complete scam", Emotion.ANGER),
        ("Really disappointed, expected more", Emotion.DISAPPOINTMENT),
        ("I was worried my details were not safe", Emotion.WORRY),
        ("Phew, relieved it arrived", Emotion.RELIEF),
        ("Saw it on Facebook", Emotion.NONE),
        ("Not happy", Emotion.DISAPPOINTMENT),
    ],
)
def test_english_feelings_are_named(text: str, expected: Emotion) -> None:
    assert emotion(text, Language.ENGLISH) is expected
