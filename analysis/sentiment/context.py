"""What stands around a cue: degree, "too", comparison, wish, condition, question."""

from collections.abc import Mapping

from analysis.language import PhraseBook
from analysis.sentiment.evidence import Evidence, Scene, is_mark
from analysis.sentiment.rules import Rules

_MOST_DEGREES = 3
_TOO_MUCH = -0.55
_WISHED = -0.3
_UNSURPASSED = 0.8
_RIVAL_BETTER = -0.45
_RIVAL_WORSE = 0.4
_MODAL_REACH = 6
_MODAL_AFTER = 4
_COMPARED_WITHIN = 3
_SHORTEST_WISH = 4  # words
_INVERTED_REACH = 9
_SUPPOSED = 0.5  # in a condition, in a question, beside a mark of sarcasm
_WHY = -0.4
_QUESTION_OPENING = 6  # words


def apply_degrees(scene: Scene, rules: Rules, degrees: Mapping[str, float]) -> None:
    """Let words of degree before a cue multiply it; they are no cues themselves."""
    _drop_mere_degrees(scene, rules)
    _add_tilted(scene, rules, degrees)
    for found in scene.in_order():
        if not found.base or found.start not in scene.at:
            continue
        position = found.start - 1
        while position >= max(0, found.start - _MOST_DEGREES):
            word = scene.words[position]
            if word not in degrees or position in scene.taken:
                break
            if position in scene.at and word not in rules.boosting:
                break
            found.degree *= degrees[word]
            scene.at.pop(position, None)
            position -= 1


def _drop_mere_degrees(scene: Scene, rules: Rules) -> None:
    """Before a negator or a word of size they praise nothing: "duidelijk niet"."""
    for at, word in enumerate(scene.words[:-1]):
        following = scene.words[at + 1]
        if at in scene.taken or at + 1 in scene.taken:
            continue
        mere = word in rules.boosting and following in rules.negators
        if mere or (word in rules.sheer and following in rules.scalars):
            scene.at.pop(at, None)


def _add_tilted(scene: Scene, rules: Rules, degrees: Mapping[str, float]) -> None:
    """Words of size lean to one side after a word of degree: "erg klein"."""
    for at in range(1, len(scene.words)):
        lean = rules.tilted.get(scene.words[at])
        if lean is None or at in scene.taken or at in scene.at:
            continue
        before = scene.words[at - 1]
        strong = degrees.get(before, 1.0) > 1
        if strong and (before in rules.sheer or before not in rules.boosting):
            scene.add(Evidence(at, at + 1, lean))


def apply_too(scene: Scene, rules: Rules, degrees: Mapping[str, float]) -> None:
    """Make "te duur", "te laat", "too small" a complaint."""
    for at, word in enumerate(scene.words[:-1]):
        if word not in rules.too or at in scene.taken:
            continue
        following = scene.words[at + 1]
        found = scene.at.get(at + 1)
        if following in rules.scalars:
            complaint = Evidence(at, at + 2, _TOO_MUCH)
        elif found is not None and found.base < 0:
            complaint = Evidence(at, found.end, min(_TOO_MUCH, found.base))
        else:
            continue
        scene.at.pop(at + 1, None)
        complaint.degree = degrees.get(scene.words[at - 1], 1.0) if at else 1.0
        scene.at.pop(at - 1, None)
        scene.add(complaint)


def apply_comparisons(scene: Scene, rules: Rules) -> None:
    """Read "could be clearer" as a wish and "cheaper elsewhere" as blame."""
    for found in scene.in_order():
        if not found.info.comparative or found.final or not found.base:
            continue
        if found.base > 0 and _is_unsurpassed(scene, rules, found):
            _settle(found, _UNSURPASSED)
        elif found.base > 0 and _is_wished(scene, rules, found):
            _settle(found, _WISHED)
        elif _speaks_of_rival(scene, rules, found):
            _settle(found, _RIVAL_BETTER if found.base > 0 else _RIVAL_WORSE)


def _settle(found: Evidence, score: float) -> None:
    found.base, found.degree, found.denials, found.final = score, 1.0, 0, True


def _after_modal(scene: Scene, rules: Rules, found: Evidence) -> set[str] | None:
    """The words between a modal verb and the cue, None without such a verb."""
    between: set[str] = set()
    for position in range(found.start - 1, max(-1, found.start - 1 - _MODAL_REACH), -1):
        word = scene.words[position]
        if word in rules.modal:
            return between
        if is_mark(word) or word in rules.contrast:
            return None
        between.add(word)
    return None


def _is_wished(scene: Scene, rules: Rules, found: Evidence) -> bool:
    """Whether it should have been more: "could be faster", "had sneller gemogen"."""
    if _after_modal(scene, rules, found) is not None:
        return True
    return _before_late_modal(scene, rules, found)


def _before_late_modal(scene: Scene, rules: Rules, found: Evidence) -> bool:
    before = scene.words[max(0, found.start - _MODAL_REACH) : found.start]
    after = scene.words[found.end : found.end + 1]
    return not (rules.inverted.isdisjoint(before) or rules.late_modal.isdisjoint(after))


def _is_unsurpassed(scene: Scene, rules: Rules, found: Evidence) -> bool:
    """Whether it could not be better: "kan niet beter", "had niet beter gekund"."""
    between = _after_modal(scene, rules, found)
    if between is not None and rules.negators & between:
        return True
    before = scene.words[found.start - 1] if found.start else ""
    after = scene.words[found.end : found.end + _MODAL_AFTER]
    return before in rules.negators and not (
        rules.modal.isdisjoint(after) and rules.late_modal.isdisjoint(after)
    )


def _speaks_of_rival(scene: Scene, rules: Rules, found: Evidence) -> bool:
    """Whether the better one is a rival: "cheaper elsewhere", "faster than you"."""
    start, end = scene.sentence_of(found.start)
    for position in range(start, end):
        before = scene.words[max(start, position - _COMPARED_WITHIN) : position]
        compared = not rules.than.isdisjoint(before)
        word = scene.words[position]
        rival = word in rules.rivals or _is_other_firm(scene, rules, position)
        if rival and position not in scene.taken:
            return not compared
        if word in rules.ours and compared:
            return True
    return False


def _is_other_firm(scene: Scene, rules: Rules, at: int) -> bool:
    following = scene.words[at + 1 : at + 2]
    return scene.words[at] in rules.other and not rules.firms.isdisjoint(following)


def apply_wishes(scene: Scene, rules: Rules) -> None:
    """What is wished for is not praised: "zou fijn zijn als er meer keuze was"."""
    _add_inverted_wishes(scene, rules)
    for wish in [found for found in scene.in_order() if found.wish]:
        start, end = scene.sentence_of(wish.start)
        _withhold_praise(scene, wish.end, end)
        if scene.words[wish.start] in rules.modal:
            part = _part_start(scene, rules, wish, start)
            _withhold_praise(scene, part, wish.start)


def _add_inverted_wishes(scene: Scene, rules: Rules) -> None:
    """Add wishes told by word order: "was de site maar sneller", "had they replied"."""
    for start, end in scene.sentences:
        words = scene.words[start:end]
        if len(words) < _SHORTEST_WISH or words[0] not in rules.inverted:
            continue
        if words[1] not in rules.inverted_subject or start in scene.taken:
            continue
        reach = words[2 : 2 + _INVERTED_REACH]
        mark = next((w for w in reach if w in rules.inverted_mark or is_mark(w)), ",")
        if mark in rules.inverted_mark:
            scene.add(Evidence(start, start + 1, _WISHED, final=True, wish=True))


def _withhold_praise(scene: Scene, start: int, end: int) -> None:
    for found in scene.between(start, end):
        if found.score > 0 and not found.final:
            found.weight = 0.0
        elif not found.wish:
            found.weight *= _SUPPOSED


def _part_start(scene: Scene, rules: Rules, wish: Evidence, lowest: int) -> int:
    """Where the part of the sentence begins that the wish stands in."""
    start = wish.start
    while start > lowest and not (
        is_mark(scene.words[start - 1])
        or scene.words[start - 1] in rules.contrast | rules.chain
    ):
        start -= 1
    return start


def apply_conditions(scene: Scene, rules: Rules) -> None:
    """Leave out what is only supposed: "als je vastloopt"."""
    for at, word in enumerate(scene.words[:-1]):
        if word not in rules.conditional or at in scene.taken:
            continue
        if scene.words[at + 1] not in rules.conditional_subject:
            continue
        for found in scene.between(at + 1, scene.sentence_of(at)[1]):
            between = scene.words[at + 1 : found.start]
            if any(is_mark(word) or word in rules.consequence for word in between):
                break
            # What should happen did not happen or fail: "als het niet past".
            found.weight = 0.0


def apply_questions(scene: Scene, rules: Rules, complaints: PhraseBook[None]) -> None:
    """Halve praise in a question; "why ...?" and "where is my ...?" complain."""
    for start, end in scene.sentences:
        if not scene.words[end - 1].startswith("?"):
            continue
        for found in scene.between(start, end):
            if found.score > 0:
                found.weight *= _SUPPOSED
        told = scene.at.get(start)
        if (told is None or not told.base) and _complains(
            scene, rules, complaints, start
        ):
            scene.add(Evidence(start, start + 1, _WHY, final=True))


def _complains(
    scene: Scene, rules: Rules, complaints: PhraseBook[None], start: int
) -> bool:
    if scene.words[start] in rules.why:
        return True
    opening = scene.words[start : start + _QUESTION_OPENING]
    return any(match.start == 0 for match in complaints.find(opening))


def apply_sarcasm(scene: Scene, rules: Rules) -> None:
    """Plain marks of sarcasm weaken praise; nothing is guessed from tone."""
    if rules.sarcasm.isdisjoint(scene.words):
        return
    for found in scene.at.values():
        if found.score > 0:
            found.weight *= _SUPPOSED
