"""What customers of a shop might write about its delivery, by theme."""

from analysis.records import Language
from analysis.themes import Said

DUTCH = {
    "late": [
        "Het pakket kwam drie dagen te laat.",
        "Veel te laat bezorgd, ik had het voor zaterdag nodig",
        "pakket te laat en niemand die iets zegt",
        "De levering was weer te laat.",
        "Twee keer te laat geleverd dit jaar",
        "Kwam te laat aan, het feestje was al voorbij.",
        "Mijn pakket was een week te laat",
        "te laat bezorgd zonder bericht",
    ],
    "cost": [
        "De verzendkosten zijn te hoog.",
        "Verzendkosten te hoog voor zo'n klein doosje",
        "ik vind de verzendkosten veel te hoog",
        "Zeven euro verzendkosten is belachelijk",
        "De verzendkosten zag ik pas bij het afrekenen.",
        "verzendkosten te hoog!",
        "Door de verzendkosten ben ik afgehaakt",
        "Verzendkosten waren hoger dan het boek zelf",
    ],
    "box": [
        "De doos was gescheurd.",
        "Doos kapot, inhoud gelukkig heel",
        "de doos was helemaal ingedeukt en gescheurd",
        "Kwam aan in een gescheurde doos",
        "Natte doos, alles beschadigd",
        "doos beschadigd en het kopje gebroken",
        "Beschadigde doos maar het glas was heel",
    ],
    "neighbour": [
        "Bij de buren afgegeven zonder briefje",
        "De buurman had hem aangenomen, prima.",
        "Afgegeven bij de buren, dat is handig",
        "Stond bij de buren, keurig briefje in de bus.",
        "buren hebben het aangenomen",
        "de buurman nam het aan",
        "Weer bij de buren terwijl ik gewoon thuis was",
    ],
}
ENGLISH = {
    "late": [
        "My parcel arrived a week late.",
        "The parcel was late again",
        "Late delivery, the birthday was over",
        "parcel came three days late",
        "It was late and nobody told me",
        "Two parcels, both late.",
        "late parcel, no message",
    ],
    "cost": [
        "Shipping cost is too high.",
        "shipping costs too high for one book",
        "I left because of the shipping cost",
        "The shipping cost only shows at the end.",
        "Shipping cost more than the mug itself",
        "shipping cost too high",
        "Hidden shipping costs at checkout",
    ],
    "box": [
        "The box was torn.",
        "torn box and a broken cup",
        "Box completely crushed",
        "It came in a torn box",
        "The box was wet and torn",
        "damaged box, though the glass survived",
    ],
    "neighbour": [
        "Left with the neighbour without a note",
        "The neighbour accepted it, fine.",
        "My neighbour took it in",
        "left it with our neighbour, handy",
        "The neighbour had it, no card in the door",
        "neighbour took the parcel in while I was home",
    ],
}
ELSEWHERE = {
    Language.DUTCH: [
        "De site is duidelijk en rustig.",
        "Goede uitleg aan de telefoon",
        "Prima prijs voor deze kwaliteit.",
        "De app loopt steeds vast bij het inloggen",
        "Mooie winkel met vriendelijk personeel.",
        "Ik kon de maattabel niet vinden",
    ],
    Language.ENGLISH: [
        "The site is clear and calm.",
        "Good explanation on the phone",
        "Fair price for this quality.",
        "The app keeps freezing when I sign in",
        "Lovely shop with friendly staff.",
        "I could not find the size guide",
    ],
}
BAD = frozenset({"late", "cost", "box"})


def of_delivery(
    texts: dict[str, list[str]], language: Language, *, first_person: int = 0
) -> list[Said]:
    """Everybody says one thing; what is late, dear or torn is resented."""
    told = [(theme, text) for theme, texts in texts.items() for text in texts]
    return [
        Said(
            text,
            language,
            "delivery",
            -0.6 if theme in BAD else 0.4,
            first_person + number,
        )
        for number, (theme, text) in enumerate(told)
    ]


def of_elsewhere(language: Language) -> list[Said]:
    return [
        Said(text, language, "website", 0.3, 900 + number)
        for number, text in enumerate(ELSEWHERE[language])
    ]
