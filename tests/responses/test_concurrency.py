"""Many at once, on a real database: one response, one receipt."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from survey_app.responses.models import Response
from tests.responses.stored import Stored
from tests.responses.visitor import Visitor

Visit = Callable[..., Visitor]


def test_twenty_submits_at_once_give_one_receipt(visit: Visit, stored: Stored) -> None:
    visitor = visit()
    visitor.send(answer_q1_found_us="event")
    visitor.skip_all()
    url, token = f"/r/{visitor.key}/nl/submit", visitor.token

    with ThreadPoolExecutor(20) as pool:
        sent = list(pool.map(lambda _: visitor.post(url, token=token), range(20)))
        pages = [visitor.get(answer.headers["Location"]).text for answer in sent]

    assert {answer.status_code for answer in sent} == {303}
    receipt = stored.one(select(Response.receipt))
    assert receipt is not None
    assert all(receipt in page for page in pages)


def test_first_page_sent_ten_times_at_once_makes_one_response(
    visit: Visit, stored: Stored
) -> None:
    visitor = visit()
    fields = {"token": visitor.token, "answer_q1_found_us": "event"}

    with ThreadPoolExecutor(10) as pool:
        sent = list(
            pool.map(lambda _: visitor.post("/q/standard/nl/", **fields), range(10))
        )

    assert len({answer.headers["Location"] for answer in sent}) == 1
    assert stored.one(select(func.count(Response.id))) == 1


def test_of_ten_texts_at_once_one_is_kept_and_the_others_are_asked_about(
    visit: Visit, stored: Stored
) -> None:
    """Each was read before another was written: none may be lost without a word."""
    visitor = visit()
    visitor.send(answer_q1_found_us="event")
    url, token = visitor.url, visitor.token
    texts = [f"Mijn indruk, venster {number}" for number in range(10)]

    def send(text: str) -> int:
        fields = {"token": token, "answer_q2_first_impression": text}
        return visitor.post(url, **fields).status_code

    with ThreadPoolExecutor(10) as pool:
        sent = list(pool.map(send, texts))

    assert sorted(sent) == [303, *[409] * 9]
    kept = {text for _question, _code, text in stored.said()}
    assert texts[sent.index(303)] in kept
