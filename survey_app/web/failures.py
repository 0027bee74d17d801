"""Failures of ours: told to the log with a number, to people with the same number."""

import logging
import traceback
from collections.abc import Callable

from markupsafe import escape

from survey_app.web.redaction import without_keys
from survey_app.web.request_ids import request_id

log = logging.getLogger(__name__)

# When not even an error page can be drawn: no template, no catalogue, no address.
LAST_RESORT = """<!doctype html>
<html lang="nl">
<head><meta charset="utf-8"><title>Klantreis</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body>
<h1>Er ging bij ons iets mis</h1>
<p>Ga terug en probeer het later opnieuw. Blijft het gebeuren, noem dan dit nummer:
<strong>{reference}</strong></p>
<p lang="en">Something went wrong on our side. Go back and try again later. If it keeps
happening, tell us this number: <strong>{reference}</strong></p>
</body>
</html>
"""


def report(error: BaseException) -> str:
    """Write down what happened, without keys; the number to give to people."""
    reference = request_id()
    lines = "".join(traceback.format_exception(error))
    log.error("failure %s\n%s", reference, without_keys(lines))
    return reference


def drawn_or_last_resort(draw: Callable[[], str]) -> str:
    """A page; or a plain one when drawing it is what fails."""
    try:
        return draw()
    except Exception as error:  # noqa: BLE001 - whatever it was, people get an answer
        return LAST_RESORT.format(reference=escape(report(error)))
