"""Words of files: what their columns hold, in Dutch and English."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    facts: Mapping[str, str]
    not_shown: str
    dont_know: str
    not_answered: str
    ticked: str
    not_ticked: str
    truncated: str
    made_by: str  # title, responses, version
    reading: tuple[str, ...]
    guarded: str
    raw: str
    mixed: str  # versions
    cut: str  # cells
    groups: tuple[str, ...]  # least


DUTCH = Wording(
    facts={
        "response_id": "Nummer van de inzending",
        "receipt": "Ontvangstcode",
        "version": "Versie van de vragenlijst",
        "wave": "Golf",
        "source": "Hoe de inzending binnenkwam",
        "state": "Status",
        "language_started": "Taal bij het begin",
        "language_submitted": "Taal bij het versturen",
        "started_at": "Begonnen (UTC)",
        "submitted_at": "Verstuurd (UTC)",
        "changed_at": "Laatst gewijzigd na versturen (UTC)",
        "duration_s": "Duur in seconden",
        "device_class": "Soort apparaat",
        "quality_flags": "Signalen over de kwaliteit",
        "tags": "Labels van onderzoekers",
        "note": "Notitie van onderzoekers",
        "not_shown": "Vragen die niet getoond zijn",
    },
    not_shown="Niet getoond",
    dont_know="Weet niet",
    not_answered="Niet beantwoord",
    ticked="Aangevinkt",
    not_ticked="Niet aangevinkt",
    truncated="afgekapt",
    made_by="{title}: {responses} inzendingen, gemaakt met Klantreis {version}.",
    reading=(
        (
            "Een lege cel is een vraag die niet beantwoord is, of niet getoond. "
            "Welke vragen niet getoond zijn, staat per inzending in de kolom "
            "not_shown."
        ),
        (
            "Bij meerkeuze staat 1 voor aangevinkt en 0 voor niet aangevinkt; is "
            "er niets gekozen, dan zijn alle kolommen van de vraag leeg."
        ),
        "Tijden zijn UTC. Van anonieme inzendingen wordt alleen de dag gegeven.",
        "De volgorde van de rijen zegt niets over wie wanneer antwoordde.",
        (
            "Teksten staan er zoals ze geschreven zijn en kunnen persoonsgegevens "
            "bevatten. Bewaar dit bestand niet langer dan nodig is."
        ),
    ),
    guarded=(
        "Tekst die een spreadsheet voor een formule kan aanzien, begint met een extra"
        " aanhalingsteken (')."
    ),
    raw="Teksten zijn niet beschermd tegen uitvoering als formule (ruwe export).",
    mixed=(
        "Dit bestand bevat de versies {versions}. Vergelijk alleen vragen waarvan het"
        " blad versions zegt dat dit kan: same (gelijk), wording (andere woorden) of"
        " options (alleen de antwoorden die beide versies hebben)."
    ),
    cut="{cells} cellen waren te lang voor een werkblad en zijn afgekapt.",
    groups=(
        (
            "Elke golf is apart geteld en iedereen telt één keer mee, met de "
            "laatste inzending. Golven met minder dan {least} mensen staan er "
            "niet in."
        ),
        (
            "Aantallen onder {least} zijn weggelaten (too_few = 1). Waar dat "
            "nodig is om ze niet te kunnen uitrekenen, zijn ook grotere aantallen "
            "weggelaten."
        ),
        (
            "Citaten staan er alleen bij contactmomenten waarover ten minste "
            "{least} mensen iets zeiden. E-mailadressen, telefoon- en "
            "rekeningnummers zijn gemaskeerd, namen niet: lees citaten na voordat "
            "je ze gebruikt."
        ),
    ),
)
ENGLISH = Wording(
    facts={
        "response_id": "Number of the response",
        "receipt": "Receipt",
        "version": "Version of the questionnaire",
        "wave": "Wave",
        "source": "How the response came in",
        "state": "State",
        "language_started": "Language at the start",
        "language_submitted": "Language when sent",
        "started_at": "Started (UTC)",
        "submitted_at": "Sent (UTC)",
        "changed_at": "Last changed after sending (UTC)",
        "duration_s": "Duration in seconds",
        "device_class": "Kind of device",
        "quality_flags": "Signs about quality",
        "tags": "Tags given by researchers",
        "note": "Note by researchers",
        "not_shown": "Questions that were not shown",
    },
    not_shown="Not shown",
    dont_know="Do not know",
    not_answered="Not answered",
    ticked="Ticked",
    not_ticked="Not ticked",
    truncated="cut off",
    made_by="{title}: {responses} responses, made with Klantreis {version}.",
    reading=(
        (
            "An empty cell is a question that was not answered, or not shown. "
            "Which questions were not shown stands with each response in the "
            "column not_shown."
        ),
        (
            "Of several choices, 1 means ticked and 0 not ticked; where nothing "
            "was chosen, all columns of the question are empty."
        ),
        "Times are UTC. Of anonymous responses only the day is given.",
        "The order of the rows tells nothing of who answered when.",
        (
            "Texts stand as they were written and may hold personal data. Do not "
            "keep this file longer than needed."
        ),
    ),
    guarded=(
        "Text that a spreadsheet could take for a formula begins with an extra"
        " quotation mark (')."
    ),
    raw="Texts are not guarded against being run as formulas (raw export).",
    mixed=(
        "This file holds versions {versions}. Compare only questions of which the sheet"
        " versions says that you can: same, wording (other words) or options (only the"
        " answers that both versions have)."
    ),
    cut="{cells} cells were too long for a sheet and were cut off.",
    groups=(
        (
            "Each wave is counted by itself and everybody counts once, with their "
            "last response. Waves of fewer than {least} people are left out."
        ),
        (
            "Counts below {least} are left out (too_few = 1). Where that is "
            "needed to keep them from being worked out, larger counts are left "
            "out as well."
        ),
        (
            "Quotes are given only of touchpoints that at least {least} people "
            "spoke of. E-mail addresses, phone and account numbers are masked, "
            "names are not: read quotes before you use them."
        ),
    ),
)
WORDING: Mapping[str, Wording] = {"nl": DUTCH, "en": ENGLISH}
LANGUAGES = tuple(WORDING)


def words(language: str) -> Wording:
    return WORDING.get(language, ENGLISH)
