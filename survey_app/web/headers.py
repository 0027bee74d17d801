"""Headers that every answer carries: nothing from elsewhere, nothing inline."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


# On every answer, unless the page says otherwise.
ALWAYS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}


def with_frames() -> dict[str, str]:
    """For a page that shows another page of ours in a frame."""
    policy = f"{CONTENT_SECURITY_POLICY}; frame-src 'self'"
    return {"Content-Security-Policy": policy}


def in_our_frames() -> dict[str, str]:
    """For a page that pages of ours, and nobody else's, may show in a frame."""
    policy = CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    )
    return {"Content-Security-Policy": policy}


def init_app(app: Flask) -> None:
    app.after_request(_add_headers)


def _add_headers(response: Response) -> Response:
    said = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 - Headers
    wanted = dict(ALWAYS)
    if request.is_secure:
        wanted["strict-transport-security"] = "max-age=31536000"
    if request.endpoint != "web.static":
        wanted["cache-control"] = "no-store"
    response.headers.extend(
        {name: value for name, value in wanted.items() if name not in said}
    )
    return response
