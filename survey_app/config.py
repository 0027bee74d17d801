"""Settings, read from the environment once, at the start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


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
    smtp_url: str | None = None  # smtp://user:password@host:587, smtps://…
    mail_from: str | None = None
    reply_to: str | None = None
    bounces_to: str | None = None  # a mailbox that takes name+anything@
    mails_per_minute: int = 60


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
        smtp_url=environ.get("KLANTREIS_SMTP") or None,
        mail_from=environ.get("KLANTREIS_MAIL_FROM") or None,
        reply_to=environ.get("KLANTREIS_REPLY_TO") or None,
        bounces_to=environ.get("KLANTREIS_BOUNCES") or None,
        mails_per_minute=_whole_number(environ, "KLANTREIS_MAILS_PER_MINUTE", 60),
    )


class InvalidSettingError(ValueError):
    """A setting in the environment that cannot be used."""


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name) or str(default)
    if not value.isdecimal():
        raise InvalidSettingError(f"{name} must be a whole number, not {value!r}")
    return int(value)


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
