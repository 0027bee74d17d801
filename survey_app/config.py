"""Settings, read from the environment once, at the start."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times in so many seconds, from one address."""

    times: int
    seconds: int


# An office shares an address: fifty colleagues must be able to start together.
LIMITS: Mapping[str, Limit] = MappingProxyType(
    {
        "start": Limit(60, 600),  # first pages sent
        "page": Limit(120, 60),  # other pages sent
        "resume-mail": Limit(5, 3600),
        "guess": Limit(20, 600),  # keys that do not exist
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    database_url: str
    secret_key: str
    behind_tls: bool = False
    trusted_proxies: int = 0
    worker_processes: int = 1
    dask_scheduler: str | None = None
    instance: Path = Path("instance")  # the folder for files: exports, uploads
    contact_key: str = "not kept"  # encrypts contact details, secrets of webhooks
    public_url: str | None = None  # what stands in mails and links, without a last /
    hosts: tuple[str, ...] = ()  # names that we answer to; none: to any
    limits: Mapping[str, Limit] = field(default_factory=lambda: LIMITS)
    seconds_per_page: float = 2.0  # who is quicker did not read it; 0: do not judge
    smtp_url: str | None = None  # smtp://user:password@host:587, smtps://…
    mail_from: str | None = None
    reply_to: str | None = None
    bounces_to: str | None = None  # a mailbox that takes name+anything@
    mails_per_minute: int = 60
    webhook_hosts: frozenset[str] = frozenset()  # inside names that may be told


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    instance = Path(environ.get("KLANTREIS_INSTANCE", "instance"))
    return Settings(
        database_url=environ.get("DATABASE_URL") or _default_database(instance),
        secret_key=environ.get("SECRET_KEY") or _kept_secret(instance / "secret_key"),
        behind_tls=environ.get("KLANTREIS_TLS", "") in {"1", "true", "yes"},
        trusted_proxies=_whole_number(environ, "KLANTREIS_TRUSTED_PROXIES", 0),
        worker_processes=_whole_number(environ, "KLANTREIS_WORKER_PROCESSES", 1),
        dask_scheduler=environ.get("KLANTREIS_DASK") or None,
        instance=instance,
        contact_key=environ.get("KLANTREIS_CONTACT_KEY")
        or _kept_secret(instance / "contact_key"),
        public_url=(environ.get("KLANTREIS_URL") or "").rstrip("/") or None,
        hosts=tuple((environ.get("KLANTREIS_HOSTS") or "").replace(",", " ").split()),
        limits=_limits(environ.get("KLANTREIS_LIMITS") or ""),
        seconds_per_page=_whole_number(environ, "KLANTREIS_SECONDS_PER_PAGE", 2),
        smtp_url=environ.get("KLANTREIS_SMTP") or None,
        mail_from=environ.get("KLANTREIS_MAIL_FROM") or None,
        reply_to=environ.get("KLANTREIS_REPLY_TO") or None,
        bounces_to=environ.get("KLANTREIS_BOUNCES") or None,
        mails_per_minute=_whole_number(environ, "KLANTREIS_MAILS_PER_MINUTE", 60),
        webhook_hosts=_names(environ.get("KLANTREIS_WEBHOOK_HOSTS", "")),
    )


LIMIT = re.compile(
    r"(?P<name>[a-z-]+)=(?P<times>[0-9]{1,7})/(?P<seconds>[0-9]{1,7})", re.ASCII
)


def _names(text: str) -> frozenset[str]:
    """Names between commas or spaces."""
    return frozenset(text.replace(",", " ").casefold().split())


class InvalidSettingError(ValueError):
    """A setting in the environment that cannot be used."""


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not value.isdecimal():
        raise InvalidSettingError(f"{name} must be a whole number, not {value!r}")
    return int(value)


def _limits(written: str) -> Mapping[str, Limit]:
    """The usual limits, with those put in their place that are named."""
    if written.strip() == "off":
        return {}
    limits = dict(LIMITS)
    for part in written.replace(",", " ").split():
        found = LIMIT.fullmatch(part)
        if found is None or found["name"] not in LIMITS or not int(found["seconds"]):
            raise InvalidSettingError(
                "KLANTREIS_LIMITS must be off, or times/seconds for some of"
                f" {', '.join(LIMITS)}, such as start=200/600; not {part!r}"
            )
        limits[found["name"]] = Limit(int(found["times"]), int(found["seconds"]))
    return limits


def _default_database(instance: Path) -> str:
    instance.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{(instance / 'klantreis.db').resolve()}"


def _kept_secret(path: Path) -> str:
    """A secret of this installation, made at the first start, readable by us alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text("ascii").strip()
