"""A webhook never makes our server speak to what only our server can reach."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.api.webhooks.addresses import (
    RefusedAddressError,
    is_public,
    look_up,
    read_url,
)
from survey_app.api.webhooks.troubles import Trouble

V4 = st.integers(0, 2**32 - 1).map(ipaddress.IPv4Address)
NOT_PUBLIC = (
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
    *("0.0.0.1", "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fe80::1%eth0"),
    *("fc00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::127.0.0.1"),
    *("2002:7f00:1::", "64:ff9b::a00:1", "64:ff9b:1::808:808"),
    *("2001:0:4136:e378:8000:63bf:80ff:fffe", "fd00:ec2::254", "nonsense", ""),
)
PUBLIC = ("93.184.215.14", "2606:4700::1111", "::ffff:93.184.215.14")


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_address_inside_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_address_outside_is_public(address: str) -> None:
    assert is_public(address)


@given(V4)
def test_address_within_an_address_is_judged_as_itself(
    inner: ipaddress.IPv4Address,
) -> None:
    number = int(inner)
    teredo = (0x20010000 << 96) | (number ^ 0xFFFFFFFF)
    wrapped = [
        (0xFFFF << 32) | number,  # ::ffff:a.b.c.d
        (0x2002 << 112) | (number << 80),  # 6to4
        (0x64FF9B << 96) | number,  # NAT64
        teredo,
    ]

    judged = {is_public(str(ipaddress.IPv6Address(outer))) for outer in wrapped}

    assert judged == {is_public(str(inner))}


@given(V4)
def test_private_address_is_never_public(address: ipaddress.IPv4Address) -> None:
    if address.is_private or address.is_loopback or address.is_link_local:
        assert not is_public(str(address))


@pytest.mark.parametrize(
    ("url", "trouble"),
    [
        ("http://example.org/", Trouble.NOT_HTTPS),
        ("https://10.0.0.1/", Trouble.NOT_PUBLIC),
        ("https://[::1]/", Trouble.NOT_PUBLIC),
        ("https://user:word@example.org/", Trouble.UNREADABLE),
        ("https://example.org/#part", Trouble.UNREADABLE),
        ("https://example.org:99999/", Trouble.UNREADABLE),
        ("https:///path", Trouble.UNREADABLE),
        ("https://[::1/", Trouble.UNREADABLE),
        ("file:///etc/passwd", Trouble.UNREADABLE),
        ("gopher://example.org/", Trouble.UNREADABLE),
        ("https://exämple.org/", Trouble.UNREADABLE),
    ],
)
def test_url_that_may_not_be_called_is_refused(url: str, trouble: Trouble) -> None:
    with pytest.raises(RefusedAddressError) as refused:
        read_url(url, inside=())

    assert refused.value.trouble is trouble


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        target = read_url(f"https://{text}", inside=())
    except RefusedAddressError:
        return
    assert target.is_tls


@pytest.mark.parametrize("name", ["127.0.0.1", "2130706433", "0x7f.1", "localhost"])
def test_other_spellings_of_this_machine_are_found_out(name: str) -> None:
    with pytest.raises(RefusedAddressError) as refused:
        look_up(read_url(f"https://{name}/", inside=()))

    assert refused.value.trouble is Trouble.NOT_PUBLIC


def test_name_that_was_allowed_may_be_inside_and_unencrypted() -> None:
    target = read_url("http://LOCALHOST:8080/a?b=c", inside={"localhost"})

    assert (target.port, target.path, target.name) == (8080, "/a?b=c", "localhost:8080")
    assert look_up(target) in {"127.0.0.1", "::1"}
