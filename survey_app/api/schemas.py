"""The shapes of what is sent and answered: JSON Schema, as OpenAPI 3.1 has it."""

from collections.abc import Mapping
from typing import Any

from survey_app.outbox.service import TOPICS

Schema = dict[str, Any]

TIME_PATTERN = (
    r"^(19[7-9]\d|20\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
    r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$"
)
STATES = ("in_progress", "submitted", "abandoned", "closed_partial", "excluded")
LANGUAGES = ("nl", "en")
SLUG_PATTERN = "^[a-z][a-z0-9_-]{1,49}$"
ID_PATTERN = "^[0-9a-hjkmnp-tv-z]{26}$"
TEST_TOPIC = "test"
# Not the package, which is everything there is; that is for people to ask for.
EXPORT_FORMATS = ("csv", "csv-long", "segments", "xlsx", "sav")


def text(*, most: int = 200, least: int = 1, **more: object) -> Schema:
    return {"type": "string", "minLength": least, "maxLength": most, **more}


def listed(items: Schema, **more: object) -> Schema:
    return {"type": "array", "items": items, **more}


def named(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    kind = schema.get("type")
    if isinstance(kind, str) and "enum" not in schema:
        return {**schema, "type": [kind, "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def record(optional: Mapping[str, Schema] | None = None, **required: Schema) -> Schema:
    """An object that holds these and nothing else."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": False,
    }


STRING: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
YES_OR_NO: Schema = {"type": "boolean"}
# The pattern says of the format what we read of it.
TIME: Schema = {"type": "string", "format": "date-time", "pattern": TIME_PATTERN}
MOMENT: Schema = {
    "type": "string",
    "description": "A time in UTC; a day alone where the respondent is anonymous.",
}
PUBLIC_ID: Schema = {"type": "string", "pattern": ID_PATTERN}
SLUG: Schema = {"type": "string", "pattern": SLUG_PATTERN}
LANGUAGE: Schema = {"type": "string", "enum": list(LANGUAGES)}
STATE: Schema = {"type": "string", "enum": list(STATES)}
TEXTS: Schema = {
    "type": "object",
    "description": "The same text in each language.",
    "additionalProperties": STRING,
}
QUESTION_ID: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,109}$"}
TOPIC_LIST = listed(
    {"type": "string", "enum": list(TOPICS)},
    minItems=1,
    maxItems=len(TOPICS),
    uniqueItems=True,
)
ADDRESS = text(most=2000, format="uri", pattern=r"^https?://[!-~]+$")


def page_of(name: str) -> Schema:
    return record(
        items=listed(named(name)),
        next={
            **maybe(STRING),
            "description": "The cursor of the next page; null at the end.",
        },
    )


QUESTIONNAIRES: dict[str, Schema] = {
    "VersionName": record(id=WHOLE, version=STRING, published_at=MOMENT),
    "Questionnaire": record(
        slug=STRING,
        state=STRING,
        title=maybe(TEXTS),
        opens_at=maybe(MOMENT),
        closes_at=maybe(MOMENT),
        active_version=maybe(named("VersionName")),
        versions=listed(named("VersionName")),
    ),
    "QuestionnairePage": page_of("Questionnaire"),
    "Option": record(code=STRING, label=TEXTS),
    "Question": record(
        id=STRING,
        page=STRING,
        type=STRING,
        title=TEXTS,
        required=YES_OR_NO,
        options=listed(named("Option")),
        rows=listed(named("Option")),
    ),
    "Version": record(
        id=WHOLE,
        questionnaire=STRING,
        version=STRING,
        content_hash=STRING,
        published_at=MOMENT,
        languages=listed(STRING),
        title=TEXTS,
        questions=listed(named("Question")),
        source={**STRING, "description": "The question set as published, in TOML."},
    ),
    "SourceToCheck": record(source=text(most=600_000)),
    "SourceProblem": record(
        code=STRING,
        place=STRING,
        line=maybe(WHOLE),
        sentence=STRING,
        fix=STRING,
        is_warning=YES_OR_NO,
    ),
    "CheckedSource": record(
        is_valid=YES_OR_NO, problems=listed(named("SourceProblem"))
    ),
}

RESPONSES: dict[str, Schema] = {
    "Answer": record(
        {
            "codes": listed(text(), maxItems=100, uniqueItems=True),
            "text": maybe(text(most=20_000, least=0)),
        }
    ),
    "Answers": {
        "type": "object",
        "description": "By question id; a row of a matrix is question__row.",
        "propertyNames": QUESTION_ID,
        "additionalProperties": named("Answer"),
        "maxProperties": 1000,
    },
    "Response": record(
        id=STRING,
        questionnaire=STRING,
        version_id=WHOLE,
        version=STRING,
        wave=maybe(STRING),
        source=STRING,
        submission_id=maybe(STRING),
        state=STATE,
        language=STRING,
        privacy_mode=STRING,
        started_at=MOMENT,
        last_activity_at=MOMENT,
        submitted_at=maybe(MOMENT),
        changed_at=maybe(MOMENT),
        flags=listed(STRING),
        tags=listed(STRING),
        answers={
            "type": "object",
            "description": "By question id, those on the path; no contact details.",
            "additionalProperties": named("Answer"),
        },
    ),
    "ResponsePage": page_of("Response"),
    "NewResponse": record(
        {
            "submission_id": {
                **text(),
                "description": "What you call it; a second one of the same name is"
                " refused with 409.",
            },
            "respondent_id": {
                **text(),
                "description": "Whom you call so; only a hash is kept.",
            },
            "submitted_at": TIME,
            "has_consented": {
                **YES_OR_NO,
                "description": "Needed where the questionnaire asks for consent.",
            },
        },
        questionnaire=SLUG,
        language=LANGUAGE,
        answers=named("Answers"),
    ),
    "ReceivedResponse": record(
        id=STRING, receipt=STRING, state=STATE, submitted_at=MOMENT
    ),
}

WEBHOOKS: dict[str, Schema] = {
    "NewWebhook": record(url=ADDRESS, topics=TOPIC_LIST),
    "ChangedWebhook": {
        **record({"url": ADDRESS, "topics": TOPIC_LIST, "is_enabled": YES_OR_NO}),
        "minProperties": 1,
    },
    "Webhook": record(
        id=STRING,
        url=STRING,
        topics=listed(STRING),
        is_enabled=YES_OR_NO,
        created_at=MOMENT,
    ),
    "WebhookList": record(items=listed(named("Webhook"))),
    "WebhookWithSecret": record(
        id=STRING,
        url=STRING,
        topics=listed(STRING),
        is_enabled=YES_OR_NO,
        created_at=MOMENT,
        secret={**STRING, "description": "For checking signatures; shown once."},
    ),
    "Event": record(
        {"detail": {"type": "object"}},
        id={**STRING, "description": "The same in every attempt."},
        topic={"type": "string", "enum": [*TOPICS, TEST_TOPIC]},
        created_at=STRING,
        subject={**STRING, "description": "The id of what it happened to."},
        url={**maybe(STRING), "description": "Where to read more, with a key."},
    ),
}

EXPORTS: dict[str, Schema] = {
    "NewExport": record(
        {
            "dialect": {"type": "string", "enum": ["plain", "excel-nl", "excel-en"]},
            "language": LANGUAGE,
            "labels": YES_OR_NO,
            "include_partial": YES_OR_NO,
        },
        questionnaire=SLUG,
        format={"type": "string", "enum": list(EXPORT_FORMATS)},
    ),
    "Export": record(
        id=STRING,
        format=STRING,
        state=STRING,
        done=WHOLE,
        total=maybe(WHOLE),
        size=maybe(WHOLE),
        sha256=maybe(STRING),
        trouble=maybe(STRING),
        created_at=MOMENT,
        finished_at=maybe(MOMENT),
        expires_at=maybe(MOMENT),
    ),
}

PROBLEMS: dict[str, Schema] = {
    "FieldError": record(
        pointer={**STRING, "description": "A JSON pointer, or ?name in the address."},
        detail=STRING,
    ),
    "Problem": record(
        {
            "errors": listed(named("FieldError")),
            "reference": {**STRING, "description": "Name this when you ask for help."},
        },
        type=STRING,
        title=STRING,
        status=WHOLE,
        detail=STRING,
        instance=STRING,
    ),
}

SCHEMAS: dict[str, Schema] = {
    **QUESTIONNAIRES,
    **RESPONSES,
    **WEBHOOKS,
    **EXPORTS,
    **PROBLEMS,
}
