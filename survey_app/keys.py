"""Keys in addresses, receipts, and names that tell no order.

Crockford's base 32 leaves out the letters that look like digits, so that a key can
be read aloud; what was misread is put right when it comes back.
"""

import hashlib
import hmac
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
KEY_BYTES = 16
KEY_LENGTH = 26
RECEIPT_LENGTH = 8
MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


def new_nonce() -> str:
    return secrets.token_urlsafe(KEY_BYTES)


def resume_key(secret: str, nonce: str) -> str:
    """The key of the response that a first page starts; a double click gets the same.

    Only who holds the page's nonce and our secret can make it, so that the database
    alone opens nothing.
    """
    return derived_key(secret, "resume key", nonce)


def derived_key(secret: str, purpose: str, nonce: str) -> str:
    """The one key that our secret makes of a nonce, for one purpose."""
    message = f"{purpose}:{nonce}".encode()
    digest = hmac.digest(secret.encode(), message, hashlib.sha256)
    return _base32(int.from_bytes(digest[:KEY_BYTES], "big"), KEY_LENGTH)


def new_public_id() -> str:
    """What a row is called outside: random, so that it tells no order."""
    return _base32(secrets.randbits(8 * KEY_BYTES), KEY_LENGTH)


def key_hash(key: str) -> str:
    """What is stored of a key or nonce."""
    return hashlib.sha256(key.encode()).hexdigest()


def as_typed(key: str) -> str:
    """A key as it was meant, whatever someone typed for its letters."""
    return key.lower().translate(MISREAD)


def new_receipt() -> str:
    code = "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_LENGTH)).upper()
    return f"{code[:4]}-{code[4:]}"


def _base32(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))
