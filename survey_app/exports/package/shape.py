"""The shape of a package's manifest and of its lines, as checks."""

from survey_app.exports.package.checks import (
    LONGEST_TEXT,
    day,
    items,
    moment,
    one_of,
    optional,
    plain_table,
    since_then,
    table,
    text,
    truth,
    whole,
)

_NAME = text(50)
_PUBLIC_ID = text(26)
_POLARITY = one_of("negative", "neutral", "positive")
_DRAWN = one_of("random", "uncertain")

ANSWER = table(
    {
        "question_id": text(110),
        "position": whole,
        "code": optional(text(200)),
        "text": optional(text(LONGEST_TEXT)),
        "role": optional(text(30)),
        "updated_at": moment,
    }
)
MARK = table(
    {
        "kind": one_of("flag", "tag"),
        "name": _NAME,
        "marked_at": moment,
        "marked_by": optional(whole),
    }
)
CORRECTION = since_then(
    {
        "question_id": text(110),
        "position": whole,
        "start": whole,
        "end": whole,
        "quote": text(LONGEST_TEXT),
        "machine_touchpoint": optional(_NAME),
        "machine_polarity": optional(_POLARITY),
        "machine_version": optional(text(40)),
        "touchpoint": optional(_NAME),
        "polarity": optional(_POLARITY),
        "corrected_at": moment,
        "corrected_by": whole,
        "drawn": optional(_DRAWN),
    },
    drawn=None,
)
JUDGEMENT = table(
    {
        "question_id": text(110),
        "position": whole,
        "verdict": one_of("complete", "passed"),
        "drawn": _DRAWN,
        "judged_at": moment,
        "judged_by": whole,
    }
)
RESPONDENT = table(
    {
        "number": whole,
        "external_key": optional(text(64)),
        "created_at": moment,
    }
)
RESPONSE = since_then(
    {
        "response_id": _PUBLIC_ID,
        "version": text(20),
        "wave": optional(_NAME),
        "state": one_of(
            "in_progress", "submitted", "abandoned", "closed_partial", "excluded"
        ),
        "privacy_mode": one_of("anonymous", "pseudonymous", "identified"),
        "source": text(20),
        "submission_id": optional(text(200)),
        "receipt": optional(text(9)),
        "language_started": text(2),
        "language_submitted": optional(text(2)),
        "last_page_id": optional(_NAME),
        "device": optional(text(10)),
        "prefill": plain_table,
        "note": optional(text(LONGEST_TEXT)),
        "excluded_because": optional(text(20)),
        "started_at": moment,
        "last_activity_at": moment,
        "submitted_at": optional(moment),
        "changed_at": optional(moment),
        "consented_at": optional(moment),
        "anonymised_at": optional(moment),
        "respondent": RESPONDENT,
        "answers": items(ANSWER),
        "marks": items(MARK),
        "corrections": items(CORRECTION),
        "judgements": items(JUDGEMENT),
    },
    changed_at=None,
    judgements=[],
)
QUESTIONNAIRE = table(
    {
        "slug": _NAME,
        "state": one_of("draft", "open", "closed", "retired"),
        "active_version": optional(text(20)),
        "opens_at": optional(moment),
        "closes_at": optional(moment),
        "max_responses": optional(whole),
        "include_partial": truth,
    }
)
VERSION = table(
    {
        "version": text(20),
        "published_at": moment,
        "retired_at": optional(moment),
        "comparability": plain_table,
    }
)
WAVE = table(
    {
        "code": _NAME,
        "name": text(100),
        "starts_on": day,
        "ends_on": optional(day),
    }
)
MANIFEST = table(
    {
        "format": text(50),
        "format_version": whole,
        "made_with": text(100),
        "made_at": moment,
        "questionnaire": QUESTIONNAIRE,
        "versions": items(VERSION),
        "waves": items(WAVE),
        "responses": whole,
        "files": lambda value: value,  # looked at where the files are
    }
)
