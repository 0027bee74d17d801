"""Staff pages: personas, with what each rests on and how they were found."""

from dataclasses import replace

from flask import render_template
from flask.typing import ResponseReturnValue

from survey_app.accounts import access
from survey_app.accounts.permissions import Permission
from survey_app.db import get_session
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figures import report_touchpoints
from survey_app.insights.masking import mask, mask_all
from survey_app.personas.cards import Card, make_card
from survey_app.personas.method import (
    list_attempts,
    list_composition,
    list_dropped,
    list_used,
    people_needed,
)
from survey_app.personas.queries import find_newest
from survey_app.personas.quotes import Quotes
from survey_app.personas.wording import touchpoint_name
from survey_app.web.locale import current_language

bp = access.staff_blueprint("personas", __name__, "/staff", Permission.READ_FIGURES)

ENOUGH_FOR_A_CARD = 5


@bp.get("/personas/")
def show() -> ResponseReturnValue:
    session = get_session()
    derivation = find_newest(session)
    if derivation is None:
        return render_template("personas/empty.html")
    cards = [
        make_card(
            session, persona, customers=derivation.base, language=current_language()
        )
        for persona in derivation.personas
        if persona.base >= ENOUGH_FOR_A_CARD
    ]
    return render_template(
        "personas/show.html",
        derivation=derivation,
        sources=report_touchpoints(session, FigureFilter()).sources,
        cards=[_readable(card) for card in cards],
        needed=people_needed(derivation.report),
        attempts=list_attempts(derivation.report),
        used=list_used(derivation.report),
        dropped=list_dropped(derivation.report),
        composition=list_composition(derivation.personas),
        touchpoint_name=touchpoint_name,
    )


def _readable(card: Card) -> Card:
    """Quotes masked, but for those who may read whole responses anyway."""
    if access.may(Permission.READ_RESPONSES):
        return card
    quotes, dissent = card.quotes, card.quotes.dissent
    masked = Quotes(
        typical=mask_all(quotes.typical),
        dissent=None if dissent is None else mask(dissent),
        dissenting_share=quotes.dissenting_share,
    )
    return replace(card, quotes=masked)
