"""Staff pages: the invitations of a wave, links to take along, what to decide on."""

from collections.abc import Sequence

from flask import (
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.accounts.service import record
from survey_app.clock import now
from survey_app.db import get_session
from survey_app.invitations.asking import LinkOrder, make_links
from survey_app.invitations.forms import (
    read_days,
    read_language,
    read_link_count,
    read_name,
    read_number,
)
from survey_app.invitations.links_file import hand_over, links_csv
from survey_app.invitations.models import Invitation, Mail
from survey_app.invitations.pages import (
    PREFIX,
    cannot_invite,
    doing,
    named,
    settings,
    vault,
    wave_asked,
)
from survey_app.invitations.planning import CannotInviteError, Round
from survey_app.invitations.progress import (
    Followed,
    Piece,
    count_states,
    find_last_mail,
    follow,
    in_wave,
    names_of,
    needs_decision,
)
from survey_app.invitations.queries import list_batches, list_invitations
from survey_app.invitations.sending import note_sent, send_again
from survey_app.questionnaires.models import Questionnaire
from survey_app.questionnaires.pages import frame, get_questionnaire
from survey_app.respondents.contacts import ContactDetails
from survey_app.web.addresses import public_url

bp = access.staff_blueprint("links", __name__, PREFIX, Permission.INVITE)
bp.register_error_handler(CannotInviteError, cannot_invite)

ON_A_PAGE = 100
MOST_PAGES = 10_000


@bp.get("/invitations")
def show(slug: str) -> ResponseReturnValue:
    questionnaire = get_questionnaire(slug)
    wave = wave_asked(questionnaire, request.args.get("wave"))
    theirs = in_wave(questionnaire.id, None if wave is None else wave.id)
    session, at, only = get_session(), now(), request.args.get("state", "")
    states = count_states(session, theirs, at=at)
    wanted = sum(number for state, number in states.items() if only in {"", state})
    page = read_number(request.args.get("page"), 1, MOST_PAGES).value
    piece = Piece(only=only, first=(page - 1) * ON_A_PAGE, most=ON_A_PAGE)
    return render_template(
        "invitations/links.html",
        wave=wave,
        rows=_named(follow(session, theirs, piece, at=at)),
        states=states,
        only=only,
        page=page,
        pages=max(1, -(-wanted // ON_A_PAGE)),
        batches=list_batches(session, theirs),
        **frame(questionnaire, at=at),
    )


@bp.get("/links")
def new(slug: str) -> ResponseReturnValue:
    return _new_page(get_questionnaire(slug))


@bp.post("/links")
def make(slug: str) -> ResponseReturnValue:
    """Links that belong to nobody: for a counter, a letter, a parcel."""
    session, questionnaire = get_session(), get_questionnaire(slug)
    count, days = read_link_count(request.form), read_days(request.form)
    if count.error or days.error:
        return _new_page(questionnaire), 422
    wave = wave_asked(questionnaire, request.form.get("wave", ""))
    order = LinkOrder(
        count=count.value,
        batch=read_name(request.form, "batch") or now().date().isoformat(),
        language=read_language(request.form),
    )
    asking = Round(
        questionnaire=questionnaire,
        wave=wave,
        contact_list=None,
        days_valid=days.value,
    )
    make_links(session, asking, doing(), order)
    session.commit()
    flash(_("The links are made. Download them below."))
    return _back(slug, "" if wave is None else str(wave.id))


@bp.post("/links.csv")
def download(slug: str) -> ResponseReturnValue:
    """Every link that still works of a wave; from then on these people were asked."""
    session, questionnaire = get_session(), get_questionnaire(slug)
    wave = wave_asked(questionnaire, request.form.get("wave", ""))
    batch = request.form.get("batch")
    kind = "personal" if batch is None else "single_use"
    invitations = [
        each
        for each in list_invitations(
            session, questionnaire.id, None if wave is None else wave.id, kind=kind
        )
        if _still_works(each) and batch in {None, each.batch}
    ]
    text = links_csv(
        invitations, vault(), secret=settings().secret_key, base=public_url()
    )
    hand_over(session, invitations, at=now(), actor_id=current_user.id)
    session.commit()
    return Response(
        text.encode(),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{slug}-links.csv"'},
    )


@bp.post("/invitations/<int:invitation_id>/withdraw")
def withdraw(slug: str, invitation_id: int) -> ResponseReturnValue:
    invitation = _invitation(slug, invitation_id)
    invitation.revoked_at = invitation.revoked_at or now()
    return _done(slug, invitation, "withdraw invitation", _("This link is withdrawn."))


@bp.post("/invitations/<int:invitation_id>/again")
def again(slug: str, invitation_id: int) -> ResponseReturnValue:
    """Send a mail again that failed, or of which nobody knows whether it went."""
    invitation = _invitation(slug, invitation_id)
    send_again(_mail_to_decide_on(invitation), at=now())
    return _done(slug, invitation, "mail again", _("The mail goes out again."))


@bp.post("/invitations/<int:invitation_id>/sent")
def sent(slug: str, invitation_id: int) -> ResponseReturnValue:
    invitation = _invitation(slug, invitation_id)
    note_sent(_mail_to_decide_on(invitation), at=now())
    return _done(slug, invitation, "mail counted as sent", _("It counts as sent."))


def _mail_to_decide_on(invitation: Invitation) -> Mail:
    mail = find_last_mail(get_session(), invitation.id)
    if mail is None or not needs_decision(mail, at=now()):
        abort(409)
    return mail


def _named(
    followed: Sequence[Followed],
) -> list[tuple[Followed, ContactDetails | None]]:
    details = iter(named(names_of(followed)))
    return [
        (each, next(details) if each.invitation.contact else None) for each in followed
    ]


def _new_page(questionnaire: Questionnaire) -> str:
    return render_template(
        "invitations/new_links.html",
        count=read_link_count(request.form),
        days=read_days(request.form),
        values=request.form,
        wave=wave_asked(questionnaire, request.form.get("wave")),
        **frame(questionnaire, at=now()),
    )


def _still_works(invitation: Invitation) -> bool:
    over = invitation.expires_at is not None and invitation.expires_at <= now()
    unused = invitation.used_at is None and invitation.revoked_at is None
    contact = invitation.contact
    return unused and not over and (contact is None or contact.opted_out_at is None)


def _invitation(slug: str, invitation_id: int) -> Invitation:
    questionnaire = get_questionnaire(slug)
    invitation = get_session().get(Invitation, invitation_id)
    if invitation is None or invitation.questionnaire_id != questionnaire.id:
        abort(404)
    return invitation


def _done(
    slug: str, invitation: Invitation, action: str, words: str
) -> ResponseReturnValue:
    session = get_session()
    record(
        session,
        actor_id=current_user.id,
        action=action,
        subject=f"invitation {invitation.id}",
        at=now(),
    )
    session.commit()
    flash(words)
    return _back(slug, str(invitation.wave_id or ""))


def _back(slug: str, wave: str) -> ResponseReturnValue:
    return redirect(url_for(".show", slug=slug, wave=wave))
