"""A code's rules inside its description: other tools know one text for a code."""

from dataclasses import replace

from survey_app.coding.refi.project import Code

RULES = {
    "include_rule": "Include: ",
    "exclude_rule": "Exclude: ",
    "example": "Example: ",
}
BREAK = "\n\n"


def description_of(code: Code) -> str:
    r"""Definition and rules as one text that people can read.

    >>> from uuid import UUID
    >>> code = Code(guid=UUID(int=1), name="x", definition="Wat", example="zo")
    >>> description_of(code)
    'Wat\n\nExample: zo'
    """
    parts = [code.definition]
    parts += [
        f"{mark}{getattr(code, name)}"
        for name, mark in RULES.items()
        if getattr(code, name)
    ]
    return BREAK.join(parts) if len(parts) > 1 else code.definition


def with_description(code: Code, text: str) -> Code:
    """The other way about, for descriptions that we wrote."""
    found: dict[str, str] = {}
    for name, mark in reversed(RULES.items()):
        before, sign, rule = text.rpartition(BREAK + mark)
        if sign:
            text, found[name] = before, rule
    return replace(
        code,
        definition=text,
        include_rule=found.get("include_rule", ""),
        exclude_rule=found.get("exclude_rule", ""),
        example=found.get("example", ""),
    )
