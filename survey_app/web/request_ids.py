"""A number for each request: in its answer, in the log, and in what people tell us."""

import secrets

from flask import Flask, Response, g


def init_app(app: Flask) -> None:
    app.after_request(_add_header)


def request_id() -> str:
    if "request_id" not in g:
        g.request_id = secrets.token_hex(4)
    return str(g.request_id)


def _add_header(response: Response) -> Response:
    response.headers["X-Request-Id"] = request_id()
    return response
