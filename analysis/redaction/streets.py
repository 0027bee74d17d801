"""The words that tell a street, and its name as a pattern."""

from analysis.lexicon import load_lexicon

LEXICON = {name: words.split() for name, words in load_lexicon("addresses").items()}
STRONG = tuple(LEXICON["dutch_endings"])
WEAK = tuple(LEXICON["weak_endings"])
NO_TOWNS = frozenset(
    " ".join(load_lexicon("function_words").values()).split()
    + load_lexicon("number_cues")["walk"]["months"].split()
)
NOT_STREETS = frozenset(LEXICON["not_streets"])

CAPITAL = r"[A-Z][\w'’.-]{0,24}"
STREET = (
    rf"(?:{CAPITAL} |van |de |der ){{0,3}}[A-Z][\w'’-]{{0,24}}"
    rf"(?:{'|'.join(STRONG)}| Street| Road| Lane| Avenue)(?!\w)"
)
