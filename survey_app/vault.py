"""What is encrypted before it is stored: contact details, secrets of webhooks."""

import base64
import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class WrongContactKeyError(Exception):
    """Encrypted with another key than this installation has."""


class Vault:
    """Encrypts with one half of a key, and finds again with the other.

    Fernet is AES-128-CBC with HMAC-SHA-256: what was changed in the database does not
    decrypt. Both halves come from the installation's contact key by HKDF (RFC 5869).
    """

    def __init__(self, contact_key: str) -> None:
        self._fernet = Fernet(
            base64.urlsafe_b64encode(_derive(contact_key, b"encrypt"))
        )
        self._finding = _derive(contact_key, b"find")

    def encrypt(self, text: str) -> bytes:
        return self._fernet.encrypt(text.encode())

    def decrypt(self, encrypted: bytes) -> str:
        try:
            return self._fernet.decrypt(encrypted).decode()
        except InvalidToken:
            raise WrongContactKeyError(
                "this was encrypted with another contact key;"
                " put back <instance>/contact_key or KLANTREIS_CONTACT_KEY"
            ) from None

    def fingerprint(self, text: str) -> str:
        """The same for the same text; tells nothing to who lacks the key."""
        message = text.strip().casefold().encode()
        return hmac.digest(self._finding, message, hashlib.sha256).hex()


@lru_cache(maxsize=4)
def open_vault(contact_key: str) -> Vault:
    return Vault(contact_key)


def _derive(contact_key: str, purpose: bytes) -> bytes:
    kdf = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"klantreis " + purpose)
    return kdf.derive(contact_key.encode())
