"""PDF: its layer of text, page by page, within limits of size, depth and time."""

import logging
import time
from collections.abc import Iterator
from io import BytesIO

from pypdf import PdfReader, apply_configuration, get_configuration
from pypdf.errors import LimitReachedError

from survey_app.interviews.reading.document import ReadingChoices
from survey_app.interviews.reading.draft import Draft
from survey_app.interviews.reading.errors import ReadingError

MOST_PAGES = 1_000
LIMITS = {
    "zlib_maximum_output_length": 20_000_000,
    "lzw_maximum_output_length": 20_000_000,
    "run_length_maximum_output_length": 20_000_000,
    "brotli_maximum_output_length": 20_000_000,
    "array_based_stream_maximum_output_length": 20_000_000,
    "stream_parsing_work_maximum_count": 500_000,
    "stream_decoding_work_maximum_length": 60_000_000,
    "xform_maximum_invocations_per_extraction": 500,
}
logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # the report says what is wrong


def read_pdf(data: bytes, choices: ReadingChoices) -> Draft:
    draft = Draft(choices.max_characters)
    try:
        with apply_configuration(get_configuration().with_overwrites(**LIMITS)):
            pages = list(_pages(data, time.monotonic() + choices.max_seconds))
    except ReadingError:
        raise
    except LimitReachedError as error:
        raise ReadingError("too_slow", seconds=int(choices.max_seconds)) from error
    except Exception as error:  # a broken file breaks its reader in any way it likes
        raise ReadingError("broken_file") from error
    empty = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == len(pages):
        raise ReadingError("no_text_layer", pages=len(pages))
    for text in pages:
        draft.add(text.strip("\n"))
    draft.kept["pages"] = len(pages)
    if empty:
        shown = ", ".join(map(str, empty[:10]))
        draft.warn("pages_without_text", count=len(empty), pages=shown)
    return draft


def _pages(data: bytes, deadline: float) -> Iterator[str]:
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ReadingError("encrypted")
    if len(reader.pages) > MOST_PAGES:
        raise ReadingError("too_many_pages", most=MOST_PAGES)

    def look_at_the_clock(*_operation: object) -> None:
        if time.monotonic() > deadline:
            raise ReadingError("too_slow", seconds="…")

    for page in reader.pages:
        look_at_the_clock()
        yield page.extract_text(visitor_operand_before=look_at_the_clock)
