"""Staff pages: who would get what, and then the asking and reminding."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_security import current_user

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.clock import now
from survey_app.db import get_session
from survey_app.invitations.asking import invite
from survey_app.invitations.forms import Number, read_days
from survey_app.invitations.pages import (
    PREFIX,
    cannot_invite,
    doing,
    list_asked,
    mail_obstacle,
    named,
    wave_asked,
)
from survey_app.invitations.planning import CannotInviteError, Plan, Round, plan_round
from survey_app.invitations.queries import list_contact_lists
from survey_app.invitations.reminding import ReminderPlan, plan_reminders, remind
from survey_app.invitations.telling import TellingPlan, plan_telling, tell
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.pages import frame, get_questionnaire

bp = access.staff_blueprint("invitations", __name__, PREFIX, Permission.INVITE)
bp.register_error_handler(CannotInviteError, cannot_invite)


@bp.get("/invite")
def ask(slug: str) -> ResponseReturnValue:
    """The form, and below it the dry run as soon as a list was chosen."""
    questionnaire, days = get_questionnaire(slug), read_days(request.args)
    asking = _round(questionnaire, days)
    plan = None
    if "list" in request.args and days.error is None:
        plan = plan_round(get_session(), asking, at=now())
    return _invite_page(questionnaire, asking, days, plan)


@bp.post("/invite")
def send(slug: str) -> ResponseReturnValue:
    """Ask who was shown; when that changed meanwhile, show it again."""
    session, questionnaire = get_session(), get_questionnaire(slug)
    days = read_days(request.form)
    asking = _round(questionnaire, days)
    by_mail = request.form.get("how") != "links"
    plan = plan_round(session, asking, at=now())
    if str(len(plan.asked)) != request.form.get("expected") or days.error:
        flash(_("The list changed in the meantime. Please look once more."), "error")
        return _invite_page(questionnaire, asking, days, plan)
    if by_mail and mail_obstacle() is not None:
        return _invite_page(questionnaire, asking, days, plan)
    made = invite(session, asking, doing(), by_mail=by_mail)
    session.commit()
    if by_mail:
        flash(_mailed(len(made)))
        return redirect(url_for("distribution.show", slug=slug))
    flash(_("The links are made. Download them below."))
    wave = "" if asking.wave is None else asking.wave.id
    return redirect(url_for("links.show", slug=slug, wave=wave))


@bp.get("/tell")
def ask_to_tell(slug: str) -> ResponseReturnValue:
    """Who asked to hear what was done with the answers."""
    questionnaire = get_questionnaire(slug)
    plan = plan_telling(get_session(), questionnaire)
    return _tell_page(questionnaire, plan)


@bp.post("/tell")
def send_results(slug: str) -> ResponseReturnValue:
    session, questionnaire = get_session(), get_questionnaire(slug)
    plan = plan_telling(session, questionnaire)
    if str(len(plan.told)) != request.form.get("expected"):
        flash(_("The list changed in the meantime. Please look once more."), "error")
        return _tell_page(questionnaire, plan)
    tell(session, questionnaire, doing())
    session.commit()
    flash(_mailed(len(plan.told)))
    return redirect(url_for("distribution.show", slug=slug))


@bp.get("/remind")
def ask_reminders(slug: str) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    wave = wave_asked(questionnaire, request.args.get("wave"))
    plan = plan_reminders(get_session(), questionnaire, wave, at=now())
    return _remind_page(questionnaire, plan)


@bp.post("/remind")
def send_reminders(slug: str) -> ResponseReturnValue:
    session, questionnaire = get_session(), get_questionnaire(slug)
    wave = wave_asked(questionnaire, request.form.get("wave", ""))
    plan = plan_reminders(session, questionnaire, wave, at=now())
    if str(len(plan.reminded)) != request.form.get("expected"):
        flash(_("The list changed in the meantime. Please look once more."), "error")
        return _remind_page(questionnaire, plan)
    remind(session, questionnaire, wave, at=now(), actor_id=current_user.id)
    session.commit()
    flash(_mailed(len(plan.reminded)))
    return redirect(url_for("distribution.show", slug=slug))


def _round(questionnaire: Questionnaire, days: Number) -> Round:
    values = request.form if request.method == "POST" else request.args
    return Round(
        questionnaire=questionnaire,
        wave=wave_asked(questionnaire, values.get("wave")),
        contact_list=list_asked(values.get("list", "")),
        days_valid=days.value,
    )


def _invite_page(
    questionnaire: Questionnaire, asking: Round, days: Number, plan: Plan | None
) -> str:
    skipped = {} if plan is None else plan.skipped_by_reason
    return render_template(
        "invitations/invite.html",
        asking=asking,
        days=days,
        plan=plan,
        asked=[] if plan is None else named(plan.asked),
        skipped={why: (len(who), named(who)) for why, who in skipped.items()},
        lists=list_contact_lists(get_session()),
        mail_obstacle=mail_obstacle(),
        **frame(questionnaire, at=now()),
    )


def _remind_page(questionnaire: Questionnaire, plan: ReminderPlan) -> str:
    wave = wave_asked(questionnaire, request.values.get("wave"))
    return render_template(
        "invitations/remind.html",
        wave=wave,
        plan=plan,
        reminded=named(each.contact for each in plan.reminded if each.contact),
        skipped={
            why: (len(who), named(each.contact for each in who if each.contact))
            for why, who in plan.skipped_by_reason.items()
        },
        mail_obstacle=mail_obstacle(),
        **frame(questionnaire, at=now()),
    )


def _tell_page(questionnaire: Questionnaire, plan: TellingPlan) -> str:
    return render_template(
        "invitations/tell.html",
        plan=plan,
        told=named(each.contact for each in plan.told if each.contact),
        skipped={
            why: (len(who), named(each.contact for each in who if each.contact))
            for why, who in plan.skipped_by_reason.items()
        },
        mail_obstacle=mail_obstacle(),
        **frame(questionnaire, at=now()),
    )


def _mailed(count: int) -> str:
    return str(
        ngettext(
            "%(num)s mail goes out now. You can follow it below.",
            "%(num)s mails go out now. You can follow them below.",
            count,
        )
    )
