"""The class of a device, read off what a browser says; nothing else of that is kept."""

TABLETS = ("ipad", "tablet", "kindle", "silk/", "playbook")
PHONES = ("mobi", "iphone", "ipod")


def device_of(user_agent: str) -> str:
    """phone, tablet or desktop.

    >>> device_of("Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537.36")
    'phone'
    >>> device_of("Mozilla/5.0 (Linux; Android 14; SM-X900) Chrome/120 Safari/537.36")
    'tablet'
    """
    said = user_agent.casefold()
    if any(word in said for word in TABLETS):
        return "tablet"
    if any(word in said for word in PHONES):
        return "phone"
    return "tablet" if "android" in said else "desktop"
