"""Words in Dutch and English that name somebody's part in a conversation, or do not."""

from survey_app.interviews.reading.document import Role


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


INTERVIEWERS = _words(
    "interviewer interviewster interviewers ondervrager vragensteller onderzoeker"
    " onderzoekster researcher moderator moderatrice gespreksleider facilitator host"
    " testleider vraag question interviewleider"
)
PARTICIPANTS = _words(
    "deelnemer deelneemster participant respondent respondente geïnterviewde"
    " geinterviewde interviewee klant customer client cliënt gebruiker user testpersoon"
    " proefpersoon tester speaker spreker antwoord answer bezoeker visitor gast guest"
    " patiënt patient"
)
OTHERS = _words(
    "observator observer notulist notulant notetaker tolk interpreter assistent"
    " assistant technicus stagiair stagiaire transcribent transcriber"
)
# By themselves only, with or without a number: "I", "Q2", "V".
LETTERS: dict[str, Role] = {
    "i": "interviewer",
    "q": "interviewer",
    "v": "interviewer",
    "m": "interviewer",
    "a": "participant",
    "r": "participant",
    "p": "participant",
    "d": "participant",
}
# What stands before a colon, time and again, and speaks not.
NO_NAMES = _words(
    "note notes notitie notities opmerking nb n.b ps p.s http https ftp www mailto"
    " datum date locatie location plaats duur duration tijd time tijdstip bron source"
    " titel title onderwerp subject onderdeel opname recording versie version bijlage"
    " transcript transcriptie project thema thema's theme betreft samenvatting summary"
    " conclusie conclusion vervolg voorbeeld example bijvoorbeeld todo"
) | {"let op", "nota bene", "for example", "to do"}
# A name of more than one word does not begin with these.
NO_BEGINNINGS = _words(
    "ik jij je u hij zij ze we wij het dat dit die er en maar dus toen want of als dan"
    " wat nou ja nee mijn onze i he she they it that this and but so then because or if"
    " what you my our there"
)
