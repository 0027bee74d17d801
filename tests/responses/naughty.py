"""Texts that break software: each kind of trouble, written out or made."""

from collections.abc import Iterator

CONTROLS = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), *range(127, 160)]))
WORDS = (
    *("null", "None", "undefined", "NaN", "true", "-1", "0", "1e309", "\\", "'", '"'),
    *("nil", "(null)", "[object Object]", "__proto__", "constructor", "toString"),
)
INJECTIONS = (
    "<script>alert('x')</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><b>vet</b>",
    "{{7*7}} {% if 1 %}x{% endif %} ${7*7} #{7*7}",
    "{q1_found_us|x} {} { }",
    "%s %d %n %(naam)s {0} {naam}",
    "'; DROP TABLE answers; --",
    "1 OR 1=1",
    "=1+1+cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "&lt;al ontsnapt&gt; &amp; &#0; &nbsp;",
    "http://example.org/?a=1&b=2#x",
)
SCRIPTS = (
    "مرحبا كيف كانت تجربتك \u202eomgekeerd\u202c",
    "שלום עולם",
    "नमस्ते दुनिया",
    "你好,世界 𠜎𠜱𠝹",
    "Z͑ͫ̓ͪ̂ͫ̽a̴̵̞̠l̸go",
    "e\u0301 is é, n\u0303 is ñ, ﬁ blijft",
    "İstanbul ıI ß ẞ ǆ",
    "👍🏽 👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🇳🇱 ❤️",
    "smal\u00a0vast \u2009dun \u3000breed \u200bniets \ufeffmerk",
    "soft\u00adhyphen \u2028regel\u2029alinea",
)


def naughty_texts() -> Iterator[str]:
    yield from WORDS
    yield from INJECTIONS
    yield from SCRIPTS
    yield f"voor{CONTROLS}na"
    yield "nul\x00byte"
    yield "eenheellangwoord" * 200
    yield "regel\r\n" * 300
    yield "a\ud7ff\ue000\uffff\U0010ffffz"
