"""Negators: which cue they deny, to the right first, else to the left."""

from analysis.sentiment.evidence import Evidence, Scene, is_mark
from analysis.sentiment.rules import Rules

_REACH_RIGHT = 7
_REACH_LEFT = 6
_LONGEST_CUE = 20  # words
_LITTLE = -0.3  # "little" or "less" of something unknown


def apply_negators(scene: Scene, rules: Rules) -> None:
    """Count on each cue how often it is denied.

    A negator denies the first cue after it up to a comma, a sentence end or a word
    that opens a clause, and the cues joined to that one; without any, a verb before
    it ("werkt niet") or, at the end of its clause, whatever cue is before it.
    """
    for at, word in enumerate(scene.words):
        if at in scene.taken:
            continue
        if word in rules.negators:
            _negate(scene, rules, at)
        elif (
            word in rules.denying_pairs and _closes_pair(scene, rules, at)
        ) or word in rules.weak_negators:
            _lessen(scene, rules, at)


def _negate(scene: Scene, rules: Rules, at: int) -> None:
    following = scene.words[at + 1] if at + 1 < len(scene.words) else ""
    if following in rules.no_negation_before:
        return
    target = _target_right(scene, rules, at)
    if target is not None:
        _deny_with_chain(scene, rules, target)
    elif scene.words[at] not in rules.rightward:
        target = _target_left(scene, rules, at)
        if target is not None:
            target.denials += 1


def _closes_pair(scene: Scene, rules: Rules, at: int) -> bool:
    """Whether two words deny together: "far from smooth", "anything but easy"."""
    if not at or scene.words[at] not in rules.denying_pairs:
        return False
    return f"{scene.words[at - 1]}_{scene.words[at]}" in rules.denying_pairs


def _lessen(scene: Scene, rules: Rules, at: int) -> None:
    target = _target_right(scene, rules, at)
    scene.at.pop(at, None)
    if target is not None:
        target.denials += 1
    elif scene.words[at] in rules.rightward:
        scene.add(Evidence(at, at + 1, _LITTLE))


def _target_right(scene: Scene, rules: Rules, at: int) -> Evidence | None:
    for position in range(at + 1, min(at + 1 + _REACH_RIGHT, len(scene.words))):
        found = scene.at.get(position)
        if found is not None:
            if found.may_be_denied:
                return found
            if scene.words[position] not in rules.comments:
                return None
        word = scene.words[position]
        if is_mark(word):
            return None
        if word in rules.stops and not _reaches_through(scene, rules, at, position):
            return None
    return None


def _reaches_through(scene: Scene, rules: Rules, at: int, position: int) -> bool:
    """Whether what follows is still denied: "not that ...", "can't say that ..."."""
    if scene.words[position] not in rules.reach_through:
        return False
    said = scene.words[at + 1 : position]
    return not said or (len(said) == 1 and said[0] in rules.saying)


def _deny_with_chain(scene: Scene, rules: Rules, target: Evidence) -> None:
    """Deny a cue, and those joined to it: "niet fijn of duidelijk"."""
    target.denials += 1
    position = target.end
    beside = scene.at.get(position)
    if beside is not None and beside.may_be_denied and beside.base * target.base > 0:
        beside.denials += 1  # "no needless fuss"
    while position + 1 < len(scene.words) and scene.words[position] in rules.chain:
        joined = scene.at.get(position + 1)
        if scene.words[position] in rules.negators:
            return  # "noch", "nor" deny for themselves
        if joined is None or not joined.base or joined.base * target.base <= 0:
            return
        joined.denials += 1
        position = joined.end


def _target_left(scene: Scene, rules: Rules, at: int) -> Evidence | None:
    final = _ends_clause(scene, rules, at)
    covered = {
        inside: found
        for found in scene.between(max(0, at - _REACH_LEFT - _LONGEST_CUE), at)
        for inside in range(found.start, found.end)
    }
    for position in range(at - 1, max(-1, at - 1 - _REACH_LEFT), -1):
        word = scene.words[position]
        if is_mark(word) or word in rules.stops or word in rules.chain:
            return None
        found = covered.get(position)
        if found is not None and found.may_be_denied and (final or found.info.verb):
            return None if found.denials else found
    return None


def _ends_clause(scene: Scene, rules: Rules, at: int) -> bool:
    if at + 1 >= len(scene.words):
        return True
    word = scene.words[at + 1]
    return is_mark(word) or word in rules.contrast or not word
