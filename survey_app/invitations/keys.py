"""The key in an invitation's address."""

from survey_app.keys import derived_key


def invitation_key(secret: str, nonce: str) -> str:
    """The key of the invitation with this nonce; a reminder carries the same one."""
    return derived_key(secret, "invitation", nonce)
