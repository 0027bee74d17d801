"""What was found in a text: kinds of personal data and where they stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PersonalData(StrEnum):
    """Kinds; of two that overlap the first named here is told."""

    EMAIL = "email"
    IBAN = "iban"
    CARD = "card_number"
    BIRTH = "date_of_birth"
    BSN = "bsn"
    ORDER = "order_number"
    CUSTOMER = "customer_number"
    PHONE = "phone"
    PLATE = "licence_plate"
    ADDRESS = "address"
    POSTCODE = "postcode"
    NAME = "name"


_ORDER = {kind: place for place, kind in enumerate(PersonalData)}


@dataclass(frozen=True, slots=True)
class Redaction:
    """Personal data at ``text[start:end]``."""

    start: int
    end: int
    kind: PersonalData


def merged(found: Iterable[Redaction]) -> tuple[Redaction, ...]:
    """In reading order, overlapping ones made one.

    >>> name = Redaction(4, 9, PersonalData.NAME)
    >>> merged([name, Redaction(0, 6, PersonalData.EMAIL)])
    (Redaction(start=0, end=9, kind=<PersonalData.EMAIL: 'email'>),)
    """
    whole: list[Redaction] = []
    for one in sorted(found, key=lambda each: (each.start, each.end)):
        if whole and one.start < whole[-1].end:
            last = whole.pop()
            kind = min(one.kind, last.kind, key=_ORDER.__getitem__)
            whole.append(Redaction(last.start, max(one.end, last.end), kind))
        else:
            whole.append(one)
    return tuple(whole)
