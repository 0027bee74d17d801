"""Headers that every answer carries: nothing from elsewhere, nothing inline."""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


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
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "web.static":
        headers.setdefault("Cache-Control", "no-store")
    return response
