"""Which addresses may be told: public ones over HTTPS, and inside ones by name.

A webhook must not make our server speak to what only our server can reach. Names are
looked up once, all their addresses judged, and the one judged is connected to: a name
that changes its mind in between gains nothing.
"""

import ipaddress
import socket
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from survey_app.api.webhooks.troubles import Trouble

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

PORTS = {"https": 443, "http": 80}
# Addresses that hold another one: what is judged is where packets end up.
NAT64 = ipaddress.ip_network("64:ff9b::/96")
LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")
COMPATIBLE = ipaddress.ip_network("::/96")


class RefusedAddressError(ValueError):
    """An address that is not spoken to; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True)
class Target:
    host: str
    port: int
    is_tls: bool
    path: str
    is_inside: bool  # named by whoever keeps this installation

    @property
    def name(self) -> str:
        """As the header Host has it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        standard = PORTS["https" if self.is_tls else "http"]
        return host if self.port == standard else f"{host}:{self.port}"


def read_url(url: str, *, inside: Collection[str]) -> Target:
    """Where a webhook points, if its address may stand at all."""
    try:
        parts = urlsplit(url)
        port = parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise RefusedAddressError(Trouble.UNREADABLE) from None
    host = (parts.hostname or "").rstrip(".")
    is_odd = not url.isascii() or parts.fragment or "@" in parts.netloc
    if parts.scheme not in PORTS or not host or not port or is_odd:
        raise RefusedAddressError(Trouble.UNREADABLE)
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    target = Target(host, port, parts.scheme == "https", path, host in inside)
    if not target.is_inside:
        if not target.is_tls:
            raise RefusedAddressError(Trouble.NOT_HTTPS)
        if _is_literal(host) and not is_public(host):
            raise RefusedAddressError(Trouble.NOT_PUBLIC)
    return target


def look_up(target: Target) -> str:
    """The address to connect to; every address of the name must be a public one."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise RefusedAddressError(Trouble.UNKNOWN_HOST) from None
    addresses = [str(entry[4][0]) for entry in found]
    if not target.is_inside and not all(is_public(address) for address in addresses):
        raise RefusedAddressError(Trouble.NOT_PUBLIC)
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether anybody on the internet could reach it as well.

    >>> is_public("93.184.215.14"), is_public("::ffff:10.0.0.1")
    (True, False)
    """
    try:
        judged = ipaddress.ip_address(address)
    except ValueError:  # a scope, as in fe80::1%eth0
        return False
    return all(
        each.is_global and not each.is_multicast and not each.is_reserved
        for each in _ends(judged)
    )


def _ends(address: Address) -> Iterator[Address]:
    inner = None if address.version == 4 else _embedded(address)  # noqa: PLR2004
    if inner is None:
        yield address
    else:
        yield inner
        if address in LOCAL_NAT64 or address in COMPATIBLE:
            yield ipaddress.ip_address("127.0.0.1")  # ways that only we can go


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.teredo is not None:
        return address.teredo[1]
    low = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in (NAT64, LOCAL_NAT64, COMPATIBLE)):
        return low
    return address.ipv4_mapped or address.sixtofour


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
