"""A new analysis beside the old one: figures change when all of it is there."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from analysis.records import Language, Mention, Polarity, Text, TextAnalysis
from survey_app.config import Settings
from survey_app.db import Database
from survey_app.insights import engine, models, service
from survey_app.insights.corrections import Judge, correct_mention
from survey_app.insights.figure_filter import FigureFilter
from survey_app.insights.figures import touchpoint_figures
from survey_app.insights.generations import (
    Progress,
    find_current,
    find_progress,
    in_current,
)
from survey_app.insights.people import read_customers
from survey_app.insights.queries import list_stale
from survey_app.responses.erasure import Erasure, erase_responses
from survey_app.responses.models import Answer, Response
from tests.factories import (
    A_MOMENT,
    make_response,
    make_staff_member,
    make_version,
)

EVERYTHING = FigureFilter()


class Reading:
    """Analyses that say one thing of every text, as another version might."""

    def __init__(self, version: str, touchpoint: str) -> None:
        self.version = version
        self.touchpoint = touchpoint

    def analyse(self, texts: Sequence[Text]) -> list[TextAnalysis]:
        return [self._analysis(len(text.text)) for text in texts]

    def _analysis(self, end: int) -> TextAnalysis:
        mention = Mention(
            start=0,
            end=end,
            touchpoint=self.touchpoint,
            polarity=Polarity.NEGATIVE,
            score=-0.6,
            confidence=0.8,
        )
        return TextAnalysis(
            language=Language.DUTCH, overall=Polarity.NEGATIVE, mentions=(mention,)
        )


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(1) as executor:
        yield executor


class Workspace:
    """A database, and which version of the analysis its worker runs."""

    def __init__(
        self, database: Database, executor: Executor, patch: pytest.MonkeyPatch
    ) -> None:
        self.database = database
        self._executor = executor
        self._patch = patch
        with database.transaction() as session:
            self.version = make_version(session)
        self.run("1", "delivery")

    def run(self, version: str, touchpoint: str) -> None:
        reading = Reading(version, touchpoint)
        self._patch.setattr(engine, "pipeline", lambda _recipe: reading)

    def say(self, number: int) -> None:
        with self.database.transaction() as session:
            for _ in range(number):
                make_response(session, self.version, {"why_us": "Te laat"})

    def work(self) -> int:
        return service.analyse_pending(self.database, self._executor)

    def figures(self) -> dict[str, int]:
        with self.database.read() as session:
            found = touchpoint_figures(session, EVERYTHING)
        return {each.touchpoint: each.base for each in found}

    def progress(self) -> Progress | None:
        with self.database.read() as session:
            return find_progress(session)

    def clean(self, settings: Settings) -> None:
        while service.remove_old_generations(self.database, settings):
            pass

    def by_generation(self) -> dict[int, int]:
        number = models.Mention.generation
        with self.database.read() as session:
            rows = session.execute(select(number, func.count()).group_by(number))
            return dict(rows.all())


@pytest.fixture
def workspace(
    database: Database, executor: Executor, monkeypatch: pytest.MonkeyPatch
) -> Workspace:
    monkeypatch.setattr(service, "AT_ONCE_AGAIN", 2)
    monkeypatch.setattr(service, "CHUNK_AGAIN", 1)
    return Workspace(database, executor, monkeypatch)


def test_the_first_analysis_shows_as_it_goes(workspace: Workspace) -> None:
    workspace.say(3)

    workspace.work()

    assert workspace.figures() == {"delivery": 3}
    assert workspace.progress() is None


def test_old_figures_stay_until_the_new_ones_are_whole(workspace: Workspace) -> None:
    workspace.say(5)
    workspace.work()
    workspace.run("2", "price")

    seen = []
    while workspace.work():
        seen.append((workspace.figures(), workspace.progress()))

    assert seen == [
        ({"delivery": 5}, Progress(2, 5)),
        ({"delivery": 5}, Progress(4, 5)),
        ({"price": 5}, None),
    ]
    assert workspace.by_generation() == {1: 5, 2: 5}


def test_a_new_answer_shows_while_a_new_analysis_goes_on(workspace: Workspace) -> None:
    workspace.say(5)
    workspace.work()
    workspace.run("2", "price")
    workspace.work()

    workspace.say(1)
    workspace.work()
    assert workspace.figures() == {"delivery": 5, "price": 1}
    assert workspace.progress() == Progress(5, 6)

    workspace.work()
    assert workspace.figures() == {"price": 6}


def test_only_the_generation_before_is_kept(
    workspace: Workspace, settings: Settings
) -> None:
    workspace.say(3)
    for number, touchpoint in enumerate(("delivery", "price", "app"), start=1):
        workspace.run(str(number), touchpoint)
        while workspace.work():
            pass

    workspace.clean(settings)

    assert workspace.figures() == {"app": 3}
    assert workspace.by_generation() == {2: 3, 3: 3}


def test_a_version_overtaken_by_another_is_dropped(
    workspace: Workspace, settings: Settings
) -> None:
    workspace.say(5)
    workspace.work()
    for version, touchpoint in (("2", "price"), ("3", "app"), ("2", "price")):
        workspace.run(version, touchpoint)
        workspace.work()
    while workspace.work():
        pass
    workspace.clean(settings)

    assert workspace.figures() == {"price": 5}
    assert workspace.by_generation() == {1: 5, 4: 5}


def test_back_to_the_version_that_figures_speak_of(
    workspace: Workspace, settings: Settings
) -> None:
    workspace.say(5)
    workspace.work()
    workspace.run("2", "price")
    workspace.work()

    workspace.run("1", "delivery")
    while workspace.work():
        pass
    workspace.clean(settings)

    assert workspace.progress() is None
    assert (workspace.figures(), workspace.by_generation()) == (
        {"delivery": 5},
        {1: 5},
    )


def test_killed_anywhere_it_goes_on(workspace: Workspace) -> None:
    """What a kill leaves is a whole number of transactions, so that any will do."""
    workspace.say(5)
    workspace.work()
    workspace.run("2", "price")
    workspace.work()

    with ThreadPoolExecutor(1) as other:  # another process begins where this one ended
        while service.analyse_pending(workspace.database, other):
            pass

    assert workspace.figures() == {"price": 5}
    assert workspace.by_generation() == {1: 5, 2: 5}


def test_an_analysis_that_comes_too_late_is_not_stored(workspace: Workspace) -> None:
    workspace.say(1)
    workspace.work()
    with workspace.database.read() as session:
        late = list_stale(session, generation=9, limit=9)
    results = [(late[0], Reading("9", "app").analyse([Text("Te laat")])[0])]

    with workspace.database.transaction() as session:
        service.store_analyses(session, results, generation=9, version="9")

    assert workspace.by_generation() == {1: 1}


def test_a_correction_holds_in_every_generation(workspace: Workspace) -> None:
    workspace.say(3)
    workspace.work()
    workspace.run("2", "delivery")
    workspace.work()
    with workspace.database.transaction() as session:
        researcher = make_staff_member(session, "researcher")
    with workspace.database.transaction() as session:
        mention = session.scalars(
            select(models.Mention).where(in_current(models.Mention)).limit(1)
        ).one()
        correct_mention(
            session,
            mention.id,
            touchpoint="app",
            polarity="negative",
            judge=Judge(researcher.id, A_MOMENT),
        )

    assert workspace.figures() == {"delivery": 2, "app": 1}
    while workspace.work():
        pass
    assert workspace.figures() == {"delivery": 2, "app": 1}
    with workspace.database.read() as session:
        assert find_current(session) == 2


def test_a_text_that_changes_leaves_every_generation(workspace: Workspace) -> None:
    workspace.say(3)
    workspace.work()
    workspace.run("2", "price")
    workspace.work()
    with workspace.database.transaction() as session:
        answer = session.scalars(select(Answer).order_by(Answer.id)).first()
        assert answer is not None
        answer.text, answer.analysis_version = "Toch snel", None
    while workspace.work():
        pass

    assert workspace.figures() == {"price": 3}
    with workspace.database.read() as session:
        texts = select(models.AnalysedText.version, models.AnalysedText.generation)
        of_it = texts.where(models.AnalysedText.answer_id == answer.id)
        assert sorted(session.execute(of_it).all()) == [("2", 1), ("2", 2)]


def test_erasing_reaches_every_generation(workspace: Workspace) -> None:
    workspace.say(2)
    workspace.work()
    workspace.run("2", "price")
    while workspace.work():
        pass
    with workspace.database.transaction() as session:
        first = session.scalars(select(Response.id)).first()
        assert first is not None
        erase_responses(session, [first], reason=Erasure.STAFF, at=A_MOMENT)

    assert workspace.by_generation() == {1: 1, 2: 1}


def test_personas_speak_of_the_current_generation(workspace: Workspace) -> None:
    workspace.say(1)
    workspace.work()
    workspace.run("2", "price")
    while workspace.work():
        pass

    with workspace.database.read() as reading:
        [customer] = read_customers(reading)

    assert [said.touchpoint for said in customer.said] == ["price"]
