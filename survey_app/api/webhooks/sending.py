"""One event to one address: signed, bounded in time, no further than that address."""

import hashlib
import hmac
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPException

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from survey_app.api.webhooks.addresses import Target, look_up
from survey_app.api.webhooks.troubles import Trouble

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 10.0
ALL_SECONDS = 20.0  # for one that answers, but a letter at a time
SUCCESS = range(200, 300)
ELSEWHERE = range(300, 400)


def signature(secret: str, body: bytes, *, at: int) -> str:
    """The header with which a receiver checks that we sent it, and when.

    >>> signature("s", b"{}", at=1)[:11]
    't=1,v1=b253'
    """
    mark = hmac.digest(secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
    return f"t={at},v1={mark.hex()}"


def send(
    target: Target,
    body: bytes,
    headers: Mapping[str, str],
    *,
    most_seconds: float = ALL_SECONDS,
) -> tuple[int | None, Trouble | None]:
    """The status it answered, and what was wrong with that, if anything was.

    Raises RefusedAddressError when nothing may be sent there.
    """
    connection = _connection(target, look_up(target))
    try:
        with _cut_off(connection, most_seconds) as is_cut:
            connection.connect()
            connection.sock.settimeout(ANSWER_SECONDS)
            connection.request(
                "POST", target.path, body, {"Host": target.name, **headers}
            )
            status = connection.getresponse().status
    except TimeoutError:
        return None, Trouble.TOO_SLOW
    except ssl.SSLError as error:
        return None, _of_tls(error)
    except (HTTPError, HTTPException, OSError) as error:
        return None, _of_connecting(error)
    finally:
        connection.close()
    return (None, Trouble.TOO_SLOW) if is_cut.is_set() else (status, _of_status(status))


def _connection(target: Target, address: str) -> HTTPConnection:
    """To the address that was judged; the certificate must be for the name."""
    if not target.is_tls:
        return HTTPConnection(address, target.port, timeout=CONNECT_SECONDS)
    return HTTPSConnection(
        address,
        target.port,
        timeout=CONNECT_SECONDS,
        server_hostname=target.host,
        assert_hostname=target.host,
        cert_reqs="CERT_REQUIRED",
    )


@contextmanager
def _cut_off(connection: HTTPConnection, seconds: float) -> Iterator[threading.Event]:
    is_cut = threading.Event()
    timer = threading.Timer(seconds, _cut, [connection, is_cut])
    timer.daemon = True
    timer.start()
    try:
        yield is_cut
    finally:
        timer.cancel()


def _cut(connection: HTTPConnection, is_cut: threading.Event) -> None:
    is_cut.set()
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _of_status(status: int) -> Trouble | None:
    if status in SUCCESS:
        return None
    if status == HTTPStatus.GONE:
        return Trouble.GONE
    return Trouble.REDIRECTS if status in ELSEWHERE else Trouble.REFUSES


def _of_tls(error: ssl.SSLError) -> Trouble:
    is_certificate = isinstance(error, ssl.SSLCertVerificationError)
    return Trouble.NOT_TRUSTED if is_certificate else Trouble.NO_ANSWER


def _of_connecting(error: Exception) -> Trouble:
    text = type(error).__name__
    return Trouble.TOO_SLOW if "Timeout" in text else Trouble.NO_ANSWER
