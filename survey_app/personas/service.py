"""Deriving personas when answers, mentions or corrections changed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from survey_app.clock import now
from survey_app.db import Database
from survey_app.insights.people import (
    PersonaClass,
    PersonaDerivation,
    compare_groups,
    derive,
    read_customers,
    share_levels,
)
from survey_app.personas import models
from survey_app.personas.naming import name_personas
from survey_app.personas.queries import describe_input, find_newest
from survey_app.personas.variables import Material, prepare_material
from survey_app.respondents.models import Respondent

METHOD = "1"  # raise it when variables or names are made in another way
PAUSE = timedelta(minutes=1)  # between derivations, while answers stream in
KEPT = 10  # derivations


def refresh_personas(
    database: Database, *, at: datetime | None = None, force: bool = False
) -> bool:
    """Derive personas anew if what they rest on changed; whether that was done.

    Reads in one session, thinks in none, and stores in one transaction: being killed
    anywhere leaves the newest whole derivation.
    """
    at = at or now()
    with database.read() as session:
        newest = find_newest(session)
        if newest is not None and not force and at - newest.derived_at < PAUSE:
            return False
        input_hash = _hash(session)
        if newest is not None and not force and newest.input_hash == input_hash:
            return False
        customers = read_customers(session)
    if not customers:
        return newest is not None and _forget_all(database)
    material = prepare_material(customers)
    derivation = derive(material.people, material.building)
    with database.transaction() as session:
        row = _derivation_row(derivation, material, input_hash=input_hash, at=at)
        row.personas = _personas(derivation, material)
        session.add(row)
        session.flush()
        _store_members(session, row.personas, derivation.classes)
        _forget_old(session)
    return True


def _hash(session: Session) -> str:
    facts = json.dumps([METHOD, *describe_input(session)], default=str)
    return hashlib.sha256(facts.encode()).hexdigest()


def _derivation_row(
    derivation: PersonaDerivation, material: Material, *, input_hash: str, at: datetime
) -> models.PersonaDerivation:
    dropped = (*derivation.variables_dropped, *material.left_out)
    return models.PersonaDerivation(
        status=derivation.status.value,
        base=derivation.base,
        input_hash=input_hash,
        seed=derivation.seed,
        report={
            "customers": len(material.people),
            "unplaced": len(derivation.unplaced),
            "gates": [asdict(gate) for gate in derivation.gates],
            "used": [asdict(variable) for variable in derivation.variables_used],
            "dropped": [asdict(each) for each in dropped],
        },
        derived_at=at,
    )


def _personas(
    derivation: PersonaDerivation, material: Material
) -> list[models.Persona]:
    classes = derivation.classes
    groups = {person: each.key for each in classes for person, _ in each.members}
    checks = compare_groups(material.people, material.describing, groups)
    told = (*material.building, *material.factors, *material.describing)
    shares = share_levels(material.people, told, groups)
    names = name_personas([each.features for each in classes])
    return [
        models.Persona(
            position=position,
            name_nl=name.nl,
            name_en=name.en,
            base=each.base,
            description={
                "share": asdict(each.share),
                "stability": each.stability,
                "mean_posterior": each.mean_posterior,
                "provisional": each.provisional,
                "features": [asdict(feature) for feature in each.features],
                "checks": [asdict(check) for check in checks[each.key]],
                "levels": [asdict(level) for level in shares[each.key]],
            },
        )
        for position, (each, name) in enumerate(zip(classes, names, strict=True))
    ]


def _store_members(
    session: Session,
    personas: Sequence[models.Persona],
    classes: Sequence[PersonaClass],
) -> None:
    """Everybody but those who were erased in the meantime."""
    present = set(session.scalars(select(Respondent.id)))
    rows = [
        {
            "persona_id": persona.id,
            "respondent_id": int(person),
            "posterior": posterior,
        }
        for persona, each in zip(personas, classes, strict=True)
        for person, posterior in each.members
        if int(person) in present
    ]
    if rows:
        session.execute(insert(models.PersonaMember), rows)


def _forget_old(session: Session) -> None:
    newest = (
        select(models.PersonaDerivation.id)
        .order_by(models.PersonaDerivation.id.desc())
        .limit(KEPT)
    )
    session.execute(
        delete(models.PersonaDerivation).where(
            models.PersonaDerivation.id.not_in(newest.scalar_subquery())
        )
    )


def _forget_all(database: Database) -> bool:
    """Nobody's answers are left: what was derived from them goes too."""
    with database.transaction() as session:
        session.execute(delete(models.PersonaDerivation))
    return True
