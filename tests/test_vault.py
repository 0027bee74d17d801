import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.vault import Vault, WrongContactKeyError


@given(st.text())
def test_what_was_encrypted_can_be_read_again(text: str) -> None:
    vault = Vault("a key")

    assert vault.decrypt(vault.encrypt(text)) == text


def test_another_key_opens_nothing() -> None:
    encrypted = Vault("a key").encrypt("anna@example.org")

    with pytest.raises(WrongContactKeyError, match="contact_key"):
        Vault("another key").decrypt(encrypted)


def test_fingerprint_finds_an_address_however_it_is_written() -> None:
    vault = Vault("a key")

    assert vault.fingerprint(" Anna@Example.org") == vault.fingerprint(
        "anna@example.org"
    )
    assert vault.fingerprint("anna@example.org") != Vault("b").fingerprint(
        "anna@example.org"
    )
