"""Puts a clause in the lane of the journey map that it belongs to."""

from collections.abc import Sequence
from functools import cache

from spacy.tokens import Span

from analysis.deeds import load_deed_finder
from analysis.emotions import EmotionTagger
from analysis.language import PhraseBook, words_of
from analysis.lexicon import load_lexicon
from analysis.records import Language, Polarity, QuestionRole, Stance

_BY_PHRASE = (Stance.EMOTION, Stance.THOUGHT)
# Under these "more choice" is what speaks for us.
_REASONS = frozenset(
    {QuestionRole.DECIDING_FACTOR, QuestionRole.WHY_US, QuestionRole.FOUND_US}
)
_ALSO = frozenset(("maar", "ook", "but", "or", "of", "-", ","))


class StanceTagger:
    """Tells doing, thinking, feeling and wishing apart by expressions; else a fact.

    A wish may name a feeling, a feeling what was done; not the reverse.

    >>> from analysis.language import make_tokenizer
    >>> doc = make_tokenizer(Language.DUTCH)("Ik heb drie keer gebeld")
    >>> StanceTagger(Language.DUTCH).tag(doc[:])
    <Stance.ACTION: 'action'>
    """

    def __init__(self, language: Language) -> None:
        code = "en" if language is Language.ENGLISH else "nl"
        signs = load_lexicon(f"stance_{code}")["wish"]
        self._signs = _stance_signs(code)
        self._emotions = EmotionTagger(language)
        self._code = code
        self._request = frozenset(signs["request"].split())
        self._more = frozenset(signs["more"].split())
        self._than = frozenset(signs["than"].split())
        self._articles = frozenset(signs["articles"].split())
        self._opening = frozenset(signs["opening"].split())
        self._negators = frozenset(load_lexicon("questions")["negators"][code].split())
        clauses = load_lexicon(f"clauses_{code}")
        self._verbs = frozenset(clauses["verbs"].split() + signs["statement"].split())
        self._joiners = frozenset(clauses["joiners"].split()) | _ALSO
        self._first_person = load_deed_finder(code).first_person

    def tag(
        self,
        span: Span,
        role: QuestionRole | None = None,
        polarity: Polarity | None = None,
        touchpoint: str = "",
    ) -> Stance:
        """The lane of a clause; the question and what was found in it help.

        Of a touchpoint only what is done there counts as doing: "called about the
        price" is done at the customer service.
        """
        words = words_of(span.doc)[span.start : span.end]
        while words and words[0] in self._joiners:
            words = words[1:]
        said = [word for word in words if word[:1].isalnum()]
        if self._wishes(words, said, role) or (
            role is QuestionRole.SIMPLIFY_PURCHASE
            and polarity is Polarity.NEGATIVE
            and self._only_names(said)
        ):
            return Stance.WISH
        if self._emotions.names_feeling(span):
            return Stance.EMOTION
        for stance in _BY_PHRASE:
            if self._signs[stance].find(words):
                return stance
        deeds = load_deed_finder(self._code, touchpoint)
        return Stance.ACTION if deeds.tells_deed(words) else Stance.FACT

    def _wishes(
        self, words: Sequence[str], said: Sequence[str], role: QuestionRole | None
    ) -> bool:
        if not said:
            return False
        head = said[1:] if said[0] in self._articles else said
        if head and role not in _REASONS and self._than.isdisjoint(said):
            more = head[0] in self._more
            asked = said[0] in self._request and self._speaker_absent(said[:2])
            if more or asked:
                return True
        first = next((at for at, word in enumerate(words) if word[:1].isalpha()), 0)
        return any(
            match.end - match.start > 1 or match.start == first
            for match in self._signs[Stance.WISH].find(words)
        )

    def _only_names(self, said: Sequence[str]) -> bool:
        """Whether an answer only names what is wished for: "a better filter"."""
        return bool(said) and (
            said[0] in self._opening
            or (self._verbs.isdisjoint(said) and self._negators.isdisjoint(said))
        )

    def _speaker_absent(self, words: Sequence[str]) -> bool:
        return self._first_person.isdisjoint(words)


@cache
def _stance_signs(code: str) -> dict[Stance, PhraseBook[None]]:
    """Expressions by lane; a single word is a wish only as the first of its clause."""
    lexicon = load_lexicon(f"stance_{code}")
    return {
        stance: PhraseBook(
            (pattern, None) for pattern in lexicon[stance]["list"].strip().splitlines()
        )
        for stance in (Stance.WISH, *_BY_PHRASE)
    }
