"""Parameters that more than one operation takes."""

from survey_app.api.idempotency import HEADER, MAX_LENGTH
from survey_app.api.operations import Parameter
from survey_app.api.schemas import PUBLIC_ID, SLUG, text

MOST_A_PAGE = 200
HIGHEST_ID = 2**31 - 1

PAGING = (
    Parameter("cursor", "Where the last page ended: its `next`.", text(most=500)),
    Parameter(
        "limit",
        "How many at most.",
        {"type": "integer", "minimum": 1, "maximum": MOST_A_PAGE, "default": 50},
    ),
)
IN_SLUG = Parameter("slug", "What the questionnaire is called.", SLUG, "path")
IN_ID = Parameter("public_id", "The id it was given.", PUBLIC_ID, "path")
IN_VERSION = Parameter(
    "version_id",
    "The version's number.",
    {"type": "integer", "minimum": 1, "maximum": HIGHEST_ID},
    "path",
)
ONCE = Parameter(
    HEADER,
    "The same name with the same body does the work once, and is answered the same"
    " for a day.",
    text(most=MAX_LENGTH, pattern="^[!-~]+$"),
    "header",
)
