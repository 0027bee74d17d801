"""The Flask application: the list of blueprints, and nothing clever."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from survey_app import db
from survey_app.accounts import sign_in
from survey_app.accounts.attempts import SignInAttempts
from survey_app.accounts.routes import bp as accounts
from survey_app.api.allowance import Allowance
from survey_app.api.routes import bp as api
from survey_app.api.staff_routes import bp as api_keys
from survey_app.config import Settings, load_settings
from survey_app.dashboard.audit_routes import bp as audit
from survey_app.dashboard.correction_routes import bp as corrections
from survey_app.dashboard.curation_routes import bp as curation
from survey_app.dashboard.dropoff_routes import bp as dropoff
from survey_app.dashboard.interview_routes import bp as interviews
from survey_app.dashboard.limit_routes import bp as review_limit
from survey_app.dashboard.quality_routes import bp as quality
from survey_app.dashboard.response_routes import bp as responses
from survey_app.dashboard.review_routes import bp as review
from survey_app.dashboard.routes import bp as dashboard
from survey_app.dashboard.touchpoint_setting_routes import bp as touchpoint_settings
from survey_app.db import Database
from survey_app.exchange.routes import bp as exchange
from survey_app.exchange.upload_routes import bp as uploads
from survey_app.exports.routes import bp as exports
from survey_app.imports.routes import bp as imports
from survey_app.insights.touchpoint_reader import TouchpointReader
from survey_app.invitations.contact_import_routes import bp as contact_import
from survey_app.invitations.contact_routes import ERASE_PERSON
from survey_app.invitations.contact_routes import bp as contacts
from survey_app.invitations.invite_routes import bp as invitations
from survey_app.invitations.link_routes import bp as links
from survey_app.invitations.opt_out_routes import bp as opt_out
from survey_app.invitations.routes import bp as distribution
from survey_app.invitations.text_routes import bp as mail_texts
from survey_app.journeys.routes import bp as journeys
from survey_app.personas.routes import bp as personas
from survey_app.questionnaires.fielding_routes import bp as fielding
from survey_app.questionnaires.improvement_routes import bp as improvements
from survey_app.questionnaires.pages import COUNT_RESPONSES
from survey_app.questionnaires.part_routes import bp as draft_parts
from survey_app.questionnaires.path_routes import bp as paths
from survey_app.questionnaires.publish_routes import bp as publishing
from survey_app.questionnaires.published import altered_versions
from survey_app.questionnaires.routes import bp as questionnaires
from survey_app.questionnaires.start_routes import bp as drafts
from survey_app.questionnaires.validate_routes import bp as validation
from survey_app.questionnaires.wave_routes import bp as waves
from survey_app.responses import framing
from survey_app.responses.change_routes import bp as change_pages
from survey_app.responses.embed_routes import bp as embed
from survey_app.responses.erasure import erase_person
from survey_app.responses.invitation_routes import bp as invited_pages
from survey_app.responses.news_routes import bp as news_pages
from survey_app.responses.own_routes import bp as own_pages
from survey_app.responses.preview_routes import bp as previews
from survey_app.responses.results_routes import bp as results
from survey_app.responses.routes import bp as respondent_pages
from survey_app.responses.tallies import count_responses
from survey_app.web import (
    addresses,
    errors,
    filters,
    headers,
    locale,
    request_ids,
    room,
)
from survey_app.web.limits import Limiter
from survey_app.web.routes import bp as web

# Respondents carry a signed token instead of a cookie (decision 10); programs a key.
RESPONDENT_PAGES = (
    respondent_pages,
    invited_pages,
    own_pages,
    change_pages,
    news_pages,
    results,
    opt_out,
)
KEEPERS_PAGES = (
    questionnaires,
    fielding,
    waves,
    improvements,
    drafts,
    draft_parts,
    paths,
    publishing,
    validation,
    previews,
)
INVITING_PAGES = (
    distribution,
    invitations,
    links,
    mail_texts,
    contacts,
    contact_import,
)
BLUEPRINTS = (
    web,
    accounts,
    *RESPONDENT_PAGES,
    embed,
    *KEEPERS_PAGES,
    *INVITING_PAGES,
    responses,
    interviews,
    dashboard,
    corrections,
    review,
    quality,
    review_limit,
    audit,
    curation,
    touchpoint_settings,
    dropoff,
    imports,
    personas,
    journeys,
    exports,
    api,
    api_keys,
    exchange,
    uploads,
)


class Application(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """As it is: nothing here is a coroutine; Flask would ask on every page."""
        return func

    def log_exception(self, exc_info: object) -> None:
        """Leave that to the error page: Flask's own line holds respondents' keys."""


def build_app(settings: Settings | None = None) -> Flask:
    settings = settings or load_settings()
    app = Application(__name__, static_folder=None)
    addresses.init_app(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    furnish(app, settings)
    app.extensions[COUNT_RESPONSES] = count_responses
    app.extensions[ERASE_PERSON] = erase_person
    app.extensions["readiness"] = (altered_versions,)
    db.init_app(app)
    room.init_app(app)
    csrf = CSRFProtect(app)
    for cookieless in (*RESPONDENT_PAGES, api, previews):
        csrf.exempt(cookieless)
    locale.init_app(app)
    sign_in.init_app(app)
    for part in (request_ids, errors, filters, headers, framing):
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        _register(app, blueprint)
    return app


def furnish(app: Flask, settings: Settings) -> None:
    """Give it all that the settings decide, and all that it remembers, anew."""
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=64 * 1024,
        SESSION_COOKIE_SECURE=settings.behind_tls,
        REMEMBER_COOKIE_SECURE=settings.behind_tls,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="klantreis",
        TRUSTED_HOSTS=list(settings.hosts) or None,
    )
    database = Database(settings.database_url)
    app.extensions.update(
        settings=settings,
        database=database,
        limiter=Limiter(settings.limits),
        api_allowance=Allowance(),
        sign_in_attempts=SignInAttempts(),
        touchpoint_reader=TouchpointReader(database),
        embed_origins=set(),
    )


def _register(app: Flask, blueprint: Blueprint) -> None:
    """Deny by default: a blueprint that does not say who may enter stays out."""
    if None not in blueprint.before_request_funcs:
        raise RuntimeError(f"blueprint {blueprint.name!r} does not say who may enter")
    app.register_blueprint(blueprint)
