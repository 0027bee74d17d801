"""Journey-map documents to draw: a Dutch web shop, and the same in English."""

from datetime import date

from survey_app.journeys.document import (
    Bottleneck,
    Certainty,
    Column,
    Emotion,
    Interval,
    Level,
    MapDocument,
    Mode,
    Ownership,
    Persona,
    Phase,
    Polarity,
    Quote,
    Share,
    Shares,
    State,
    Wave,
    level_of_base,
)

PHASES = {
    "nl": ("Oriëntatie", "Overweging", "Aankoop", "Ervaring na aankoop"),
    "en": ("Consider", "Evaluate", "Buy", "Experience"),
}
PHASE_CODES = ("consider", "evaluate", "buy", "experience")
PHASE_BASES = (84, 82, 71, 61)

# touchpoint, phase, ownership, owner, base, mean, half the interval, names, actions,
# quotes and wishes in Dutch and English
Row = tuple[str, int, str, str | None, int, float, float, dict[str, str]]
ROWS: tuple[Row, ...] = (
    ("word_of_mouth", 0, "earned", None, 46, 1.1, 0.25,
     {"nl": "Mond-tot-mond|Hoort van een collega|Mijn broer had er al een|",
      "en": "Word of mouth|Hears from a colleague|My brother already had one|"}),
    ("social", 0, "earned", "Marketing", 21, 0.3, 0.5,
     {"nl": "Sociale media|Ziet een filmpje||", "en": "Social media|Sees a video||"}),
    ("search", 0, "paid", "Marketing", 52, 0.4, 0.2,
     {"nl": "Zoekmachines|Zoekt het merk op||",
      "en": "Search engines|Looks the brand up||"}),
    ("website", 1, "owned", "E-commerce", 82, 0.6, 0.2,
     {"nl": "Website|Bekijkt de homepage|Fijn rustig, geen gedoe met pop-ups|",
      "en": "Website|Looks at the home page|Nice and calm, no pop-ups|"}),
    ("findability", 1, "owned", "E-commerce", 79, 0.1, 0.2,
     {"nl": "Vindbaarheid|Zoekt en filtert|Ik bleef maar bladeren, er zat geen filter "
            "op breedte|Betere filters",
      "en": "Findability|Searches and filters|I kept paging, there was no filter for "
            "width|Better filters"}),
    ("product_info", 1, "owned", "Inkoop", 33, 0.5, 0.4,
     {"nl": "Productinformatie|Leest maat en stof||",
      "en": "Product information|Reads size and fabric||"}),
    ("price", 2, "owned", "Inkoop", 71, -0.2, 0.2,
     {"nl": "Prijs|Vergelijkt|Elders was het een tientje minder|",
      "en": "Price|Compares|It was ten euros less elsewhere|"}),
    ("checkout", 2, "owned", "E-commerce", 63, -0.4, 0.25,
     {"nl": "Bestelproces|Vult adres opnieuw in|Alweer mijn adres intikken, dat wist u "
            "toch al?|Adres onthouden",
      "en": "Checkout|Enters the address again|Typing my address again, surely you "
            "knew it|Remember the address"}),
    ("delivery", 3, "partner", "Logistiek", 118, -1.3, 0.2,
     {"nl": "Levering|Wacht een dag langer|Zes euro porto voor één plankje, en dan "
            "komt het ook nog een dag te laat zonder dat iemand iets laat weten|Kosten "
            "eerder zien",
      "en": "Delivery|Waits a day longer|Six euros postage for one shelf, and then it "
            "came a day late without a word from anybody|See the costs earlier"}),
    ("product", 3, "owned", "Inkoop", 58, 1.4, 0.2,
     {"nl": "Product|Gebruikt het|Staat als een huis|",
      "en": "Product|Uses it|Solid as a rock|"}),
    ("service", 3, "owned", "Service", 24, 0.2, 0.5,
     {"nl": "Klantenservice|Belt over de doos||Sneller iemand aan de lijn",
      "en": "Customer service|Calls about the box||Somebody on the line sooner"}),
    ("returns", 3, "partner", "Logistiek", 3, 0.0, 0.0,
     {"nl": "Retourneren|||", "en": "Returns|||"}),
)  # fmt: skip

SENTENCES = {
    "nl": (
        "Knelpunt 1 Levering: 54 % heeft er een slechte ervaring (45–63 %, n = 118); "
        "dat hangt samen met 6 extra niet-kopers per 100 (2–10), vooral omdat de "
        "verzendkosten pas op het eind zichtbaar zijn (n = 31)."
    ),
    "en": (
        "Bottleneck 1 Delivery: 54% have a bad experience here (45–63%, n = 118); it "
        "goes together with 6 more non-buyers per 100 (2–10), mostly because the "
        "shipping costs show only at the end (n = 31)."
    ),
}
OWNERS: dict[str, dict[str, str]] = {
    "nl": {},
    "en": {"Inkoop": "Purchasing", "Logistiek": "Logistics"},
}
NAMES = {"nl": "De prijsbewuste vergelijker", "en": "The price-conscious comparer"}
WAVES = {"nl": "golf 2", "en": "wave 2"}
TITLES = {"nl": "Klantreis De Plankenwinkel", "en": "Customer journey The Shelf Shop"}


def make_column(
    touchpoint: str = "website", base: int = 61, **changes: object
) -> Column:
    """A column with as much evidence as its base allows."""
    level = level_of_base(base)
    hidden = level is Level.HIDDEN
    given: dict[str, object] = {
        "touchpoint": touchpoint,
        "phase": "consider",
        "label": touchpoint.capitalize(),
        "ownership": Ownership.OWNED,
        "mode": Mode.ONLINE,
        "level": level,
        "base": None if hidden else base,
        "emotion": None if hidden else Emotion(0.4, 0.1, 0.7),
    }
    return Column(**{**given, **changes})  # type: ignore[arg-type] # a test's choice


def make_document(*columns: Column, **changes: object) -> MapDocument:
    """A map with these columns, all in the phases they name."""
    codes = sorted({column.phase for column in columns}, key=PHASE_CODES.index)
    names = dict(zip(PHASE_CODES, PHASES["nl"], strict=True))
    given: dict[str, object] = {
        "language": "nl",
        "title": "",
        "state": State.AS_IS,
        "base": 205,
        "generated": "klantreis 0.1.0",
        "phases": tuple(Phase(code, names[code], 84) for code in codes),
        "columns": columns,
    }
    return MapDocument(**{**given, **changes})  # type: ignore[arg-type] # a test's choice


def sample_document(language: str = "nl", touchpoints: int = 12) -> MapDocument:
    """The web shop, with its touchpoints repeated until there are enough."""
    rows = [ROWS[place % len(ROWS)] for place in range(touchpoints)]
    rows = [row for phase in range(4) for row in rows if row[1] == phase]
    columns = tuple(_column(row, place, language) for place, row in enumerate(rows))
    codes = [code for code in PHASE_CODES if any(c.phase == code for c in columns)]
    phases = tuple(
        Phase(code, PHASES[language][place], PHASE_BASES[place])
        for place, code in enumerate(PHASE_CODES)
        if code in codes
    )
    worst = next((c for c in columns if c.label == _names("delivery", language)), None)
    return MapDocument(
        language=language,
        title=TITLES[language],
        state=State.AS_IS,
        base=205,
        generated="klantreis 0.1.0",
        persona=Persona(
            key="price",
            name=NAMES[language],
            base=84,
            share=0.41,
            interval=Interval(0.34, 0.48),
        ),
        wave=Wave(WAVES[language], date(2026, 9, 1), date(2026, 10, 31)),
        phases=phases,
        columns=columns,
        bottleneck=_bottleneck(worst.touchpoint, language) if worst else None,
    )


def _bottleneck(touchpoint: str, language: str) -> Bottleneck:
    return Bottleneck(touchpoint, Certainty.CONFIRMED, SENTENCES[language])


def _names(touchpoint: str, language: str) -> str:
    row = next(row for row in ROWS if row[0] == touchpoint)
    return row[7][language].split("|")[0]


def _column(row: Row, place: int, language: str) -> Column:
    touchpoint, phase, ownership, owner, base, mean, half, texts = row
    label, action, quote, wish = texts[language].split("|")
    hidden = base < 5
    return Column(
        touchpoint=f"{touchpoint}_{place}",
        phase=PHASE_CODES[phase],
        label=label,
        ownership=Ownership(ownership),
        mode=Mode.ONLINE,
        level=level_of_base(base),
        owner=OWNERS[language].get(owner or "", owner),
        base=None if hidden else base,
        emotion=None if hidden else Emotion(mean, mean - half, mean + half),
        shares=None if hidden else _shares(mean),
        actions=(action,) if action else (),
        quotes=(_quote(quote, mean, place, language),) if quote else (),
        wishes=(wish,) if wish else (),
    )


def _shares(mean: float) -> Shares:
    negative, positive = 0.34 - 0.16 * mean, 0.33 + 0.2 * mean
    parts = (negative, 1 - negative - positive, positive)
    return Shares(*(Share(part, part - 0.05, part + 0.05) for part in parts))


def _quote(text: str, mean: float, place: int, language: str) -> Quote:
    polarity = Polarity.POSITIVE if mean > 0.3 else Polarity.NEGATIVE
    return Quote(
        text=text,
        polarity=polarity,
        source=f"answer-{place}",
        start=0,
        end=len(text),
        language=language,
    )
