"""What can go wrong with telling an address something."""

from enum import StrEnum

from flask_babel import lazy_gettext as _


class Trouble(StrEnum):
    UNREADABLE = "unreadable"
    NOT_HTTPS = "not_https"
    NOT_PUBLIC = "not_public"
    UNKNOWN_HOST = "unknown_host"
    NOT_TRUSTED = "not_trusted"
    NO_ANSWER = "no_answer"
    TOO_SLOW = "too_slow"
    REDIRECTS = "redirects"
    REFUSES = "refuses"
    GONE = "gone"
    OTHER_KEY = "other_key"


WORDS = {
    Trouble.UNREADABLE: _("This is no address that can be called."),
    Trouble.NOT_HTTPS: _("The address must begin with https://."),
    Trouble.NOT_PUBLIC: _(
        "The address lies inside a private network. Whoever keeps this installation"
        " can allow it, with KLANTREIS_WEBHOOK_HOSTS."
    ),
    Trouble.UNKNOWN_HOST: _("No machine has this name."),
    Trouble.NOT_TRUSTED: _("Its certificate is not trusted."),
    Trouble.NO_ANSWER: _("It did not answer."),
    Trouble.TOO_SLOW: _("It took too long to answer."),
    Trouble.REDIRECTS: _("It points to another address; those are not followed."),
    Trouble.REFUSES: _("It answered that it did not take it."),
    Trouble.GONE: _("It answered that it is gone for good."),
    Trouble.OTHER_KEY: _("Its secret was encrypted with another contact key."),
}
