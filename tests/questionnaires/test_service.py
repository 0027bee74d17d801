"""Publishing is safe to repeat and never changes what respondents were shown."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey_app.accounts.models import AuditEntry
from survey_app.outbox.models import Event
from survey_app.questionnaires.fielding import (
    InvalidWaveError,
    WaveFacts,
    add_wave,
    change_wave,
    end_wave,
)
from survey_app.questionnaires.models import QuestionnaireVersion
from survey_app.questionnaires.problems import InvalidQuestionSetError
from survey_app.questionnaires.published import AlteredVersionError, question_set_of
from survey_app.questionnaires.queries import (
    GRACE,
    find_current_wave,
    find_open_questionnaire,
)
from survey_app.questionnaires.service import (
    MeaningChangedError,
    VersionNotHigherError,
    VersionReusedError,
    ensure_wave,
    publish,
)
from tests.factories import make_staff_member
from tests.questionnaires.builders import EVERY_KIND, broken

NOW = datetime(2026, 10, 5, 12, 0, tzinfo=UTC)


def test_publishing_opens_the_questionnaire(session: Session) -> None:
    version = publish(session, EVERY_KIND, published_at=NOW)

    fielding = find_open_questionnaire(session, "every_kind", at=NOW)
    assert fielding is not None
    assert fielding.version_id == version.id
    assert question_set_of(version).version == "1.0.0"


def test_publishing_the_same_again_changes_nothing(session: Session) -> None:
    first = publish(session, EVERY_KIND, published_at=NOW)
    again = publish(
        session, EVERY_KIND.replace("\n", "\r\n"), published_at=NOW + timedelta(1)
    )

    assert again is first
    assert again.published_at == NOW
    assert session.scalar(select(func.count(QuestionnaireVersion.id))) == 1


def test_a_published_version_cannot_get_other_content(session: Session) -> None:
    publish(session, EVERY_KIND, published_at=NOW)

    with pytest.raises(VersionReusedError, match=r"1\.0\.0"):
        publish(session, broken("Alle soorten", "Anders"), published_at=NOW)


def test_a_new_version_becomes_the_active_one(session: Session) -> None:
    publish(session, EVERY_KIND, published_at=NOW)
    second = publish(session, broken('"1.0.0"', '"1.1.0"'), published_at=NOW)

    fielding = find_open_questionnaire(session, "every_kind", at=NOW)
    assert fielding is not None
    assert fielding.version_id == second.id


def version_of(number: str, old: str = "", new: str = "") -> str:
    return EVERY_KIND.replace('"1.0.0"', f'"{number}"').replace(old, new)


def test_a_lower_number_is_not_published(session: Session) -> None:
    publish(session, version_of("1.10.0"), published_at=NOW)

    with pytest.raises(VersionNotHigherError, match=r"1\.10\.0"):
        publish(session, version_of("1.9.0"), published_at=NOW)


def test_a_question_that_means_something_else_needs_a_new_id(session: Session) -> None:
    publish(session, EVERY_KIND, published_at=NOW)
    other = version_of("1.1.0", 'type = "text_short"', 'type = "text_long"')

    with pytest.raises(MeaningChangedError, match="shop"):
        publish(session, other, published_at=NOW)

    renamed = other.replace('id = "shop"', 'id = "which_shop"')
    version = publish(session, renamed, published_at=NOW)
    assert version.comparability["which_shop"] == "new"
    assert version.comparability["shop"] == "removed"


def test_an_id_keeps_its_meaning_also_after_it_was_gone(session: Session) -> None:
    publish(session, EVERY_KIND, published_at=NOW)
    without = version_of("1.1.0", 'id = "shop"', 'id = "which_shop"')
    publish(session, without, published_at=NOW)
    back = version_of("1.2.0", 'type = "text_short"', 'type = "text_long"')

    with pytest.raises(MeaningChangedError, match="shop"):
        publish(session, back, published_at=NOW)


def test_publishing_stores_what_may_be_compared_and_tells_of_it(
    session: Session,
) -> None:
    keeper = make_staff_member(session, "admin")
    first = publish(session, EVERY_KIND, published_at=NOW, actor_id=keeper.id)
    changed = version_of("1.1.0", "Welke winkel?", "Welk filiaal?")
    second = publish(session, changed, published_at=NOW, actor_id=keeper.id)
    session.flush()

    assert (first.comparability, second.published_by) == ({}, keeper.id)
    assert second.comparability == {
        "shop": "wording",
        **dict.fromkeys(
            ("channels", "returned", "how_returned", "days", "ease", "words"), "same"
        ),
    }
    assert first.retired_at == NOW
    told = session.execute(select(Event.topic, Event.subject, Event.detail)).all()
    assert [tuple(row) for row in told] == [
        ("questionnaire.published", "every_kind", {"version": "1.0.0"}),
        ("questionnaire.published", "every_kind", {"version": "1.1.0"}),
    ]
    audited = session.scalars(select(AuditEntry.detail).order_by(AuditEntry.id)).all()
    assert audited == [{"version": "1.0.0"}, {"version": "1.1.0"}]


def test_old_content_comes_back_under_a_new_number(session: Session) -> None:
    publish(session, EVERY_KIND, published_at=NOW)
    publish(session, version_of("1.1.0", "Welke winkel?", "Welk?"), published_at=NOW)

    back = publish(session, version_of("1.2.0"), published_at=NOW)

    assert back.questionnaire.active_version is back
    assert back.comparability["shop"] == "wording"
    assert question_set_of(back).questions["shop"].title["nl"] == "Welke winkel?"


def test_a_new_version_opens_nothing_that_was_closed(session: Session) -> None:
    questionnaire = publish(session, EVERY_KIND, published_at=NOW).questionnaire
    questionnaire.state = "closed"

    publish(session, version_of("1.1.0"), published_at=NOW)

    assert questionnaire.state == "closed"


def test_organisation_is_part_of_what_is_published(session: Session) -> None:
    version = publish(
        session, EVERY_KIND, published_at=NOW, organisation='Plank "& Zn" \\'
    )

    assert question_set_of(version).brand["nl"] == 'Plank "& Zn" \\'


def test_an_invalid_question_set_is_not_published(session: Session) -> None:
    with pytest.raises(InvalidQuestionSetError):
        publish(session, broken('"text_short"', '"slider"'), published_at=NOW)

    assert session.scalar(select(func.count(QuestionnaireVersion.id))) == 0


def test_a_version_that_was_tampered_with_is_not_served(session: Session) -> None:
    source = broken('"1.0.0"', '"7.0.0"')
    version = publish(session, source, published_at=NOW)
    version.source = source.replace("Alle soorten", "Stiekem")

    with pytest.raises(AlteredVersionError):
        question_set_of(version)


def test_open_from_its_opening_until_its_closing(session: Session) -> None:
    version = publish(session, EVERY_KIND, published_at=NOW)
    version.questionnaire.opens_at = NOW
    version.questionnaire.closes_at = NOW + timedelta(days=7)
    session.flush()

    def is_open(at: datetime) -> bool:
        return find_open_questionnaire(session, "every_kind", at=at) is not None

    moments = [timedelta(seconds=-1), timedelta(), timedelta(days=7)]
    assert [is_open(NOW + moment) for moment in moments] == [False, True, False]


def test_who_started_may_finish_within_48_hours(session: Session) -> None:
    version = publish(session, EVERY_KIND, published_at=NOW)
    version.questionnaire.closes_at = NOW + timedelta(days=1)
    session.flush()
    fielding = find_open_questionnaire(session, "every_kind", at=NOW)
    assert fielding is not None

    end = NOW + timedelta(days=1) + GRACE
    assert fielding.may_finish(end - timedelta(seconds=1))
    assert not fielding.may_finish(end)


def test_current_wave_is_the_one_that_runs(session: Session) -> None:
    questionnaire = publish(session, EVERY_KIND, published_at=NOW).questionnaire
    for code, first, last in (
        ("w1", date(2026, 3, 1), date(2026, 3, 31)),
        ("w2", date(2026, 9, 1), None),
    ):
        ensure_wave(
            session,
            questionnaire,
            code=code,
            name=code,
            starts_on=first,
            ends_on=last,
        )

    def current(day: date) -> str | None:
        wave = find_current_wave(session, questionnaire.id, on=day)
        return None if wave is None else wave.code

    days = [date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1)]
    assert [current(day) for day in days] == [None, "w1", None, "w2"]


def test_ensuring_a_wave_twice_makes_one(session: Session) -> None:
    questionnaire = publish(session, EVERY_KIND, published_at=NOW).questionnaire
    day = date(2026, 3, 1)

    first = ensure_wave(session, questionnaire, code="w1", name="A", starts_on=day)
    again = ensure_wave(session, questionnaire, code="w1", name="B", starts_on=day)

    assert again is first
    assert again.name == "A"


def test_a_wave_is_made_renamed_and_ended(session: Session) -> None:
    questionnaire = publish(session, EVERY_KIND, published_at=NOW).questionnaire
    start = date(2026, 3, 1)
    wave = add_wave(session, questionnaire, WaveFacts("Voorjaar", start, None))
    change_wave(wave, WaveFacts("Voorjaar 2026", start, None))
    end_wave(wave, on=date(2026, 2, 1))

    assert (wave.name, wave.code) == ("Voorjaar 2026", "voorjaar")
    assert wave.ends_on == start  # it had not begun


@pytest.mark.parametrize(
    "facts",
    [
        WaveFacts(" ", date(2026, 3, 1), None),
        WaveFacts("Voorjaar", date(2026, 3, 1), date(2026, 2, 1)),
    ],
    ids=["no name", "ends before it begins"],
)
def test_a_wave_that_cannot_be_is_refused(session: Session, facts: WaveFacts) -> None:
    questionnaire = publish(session, EVERY_KIND, published_at=NOW).questionnaire

    with pytest.raises(InvalidWaveError):
        add_wave(session, questionnaire, facts)


def test_where_waves_overlap_an_answer_falls_into_the_later(session: Session) -> None:
    questionnaire = publish(session, EVERY_KIND, published_at=NOW).questionnaire
    add_wave(session, questionnaire, WaveFacts("Eerste", date(2026, 3, 1), None))
    later = add_wave(
        session, questionnaire, WaveFacts("Tweede", date(2026, 4, 1), date(2026, 4, 30))
    )

    found = find_current_wave(session, questionnaire.id, on=date(2026, 4, 15))

    assert found is later
