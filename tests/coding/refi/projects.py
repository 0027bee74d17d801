"""Projects of any shape that a file can hold."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from survey_app.coding.refi.codes import SiblingNames
from survey_app.coding.refi.project import (
    Case,
    Code,
    CodeSet,
    Coding,
    Note,
    Project,
    Selection,
    Source,
    User,
    Value,
    Variable,
    VariableType,
    VariableValue,
)

KINDS = ("phase", "touchpoint", "emotion", "need_goal", "pain_point", "theme")
ODD = st.sampled_from("\n\t \"'&<>]é́👩‍👧😀🇩🇪中ا.—")
PLAIN = st.characters(
    blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff\ufeff"
)
TEXTS = st.text(ODD | PLAIN | st.sampled_from("abc def"), max_size=60)
LINES = st.text(PLAIN | st.sampled_from("ab "), min_size=1, max_size=12)
NAMES = LINES.map(str.strip).filter(bool)
WORDS = st.sampled_from(["", "Wat het is", "een\nregel", "a & b <c>"])
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001 - a zone follows
    lambda moment: moment.replace(tzinfo=UTC)
)
VALUES: dict[VariableType, st.SearchStrategy[Value]] = {
    VariableType.TEXT: TEXTS,
    VariableType.BOOLEAN: st.booleans(),
    VariableType.INTEGER: st.integers(-(10**9), 10**9),
    VariableType.FLOAT: st.decimals(-1000, 1000, places=3).map(Decimal),
    VariableType.DATE: st.dates(date(1900, 1, 1)),
    VariableType.DATE_TIME: MOMENTS,
}


class Making:
    """Draws the parts of one project, so that they point to each other."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self._number = draw(st.integers(1, 2**64))
        self.users = [User(self.guid(), draw(NAMES)) for _ in range(self.some())]
        self.notes = [self.note() for _ in range(self.some())]
        self.codes = self.make_codes()
        self.variables = [self.variable() for _ in range(self.some())]
        self.sources = [self.source() for _ in range(self.some())]

    def guid(self) -> UUID:
        self._number += 1
        return UUID(int=self._number, version=4)

    def some(self, most: int = 3) -> int:
        return self.draw(st.integers(0, most))

    def of(self, things: list[Any]) -> tuple[UUID, ...]:
        guids = [thing.guid for thing in things]
        picked = st.lists(st.sampled_from(guids), max_size=2, unique=True)
        return tuple(self.draw(picked)) if guids else ()

    def one_of(self, things: list[Any]) -> UUID | None:
        return next(iter(self.of(things)), None)

    def note(self) -> Note:
        return Note(
            guid=self.guid(),
            text=self.draw(TEXTS),
            name=self.draw(st.just("") | NAMES),
            author=self.one_of(self.users),
            created_at=self.draw(st.none() | MOMENTS),
        )

    def make_codes(self) -> list[Code]:
        names, codes = SiblingNames(), []
        chain: list[UUID] = []  # the codes above, so that parents come first
        for _ in range(self.some(5)):
            chain = chain[: self.some(len(chain))]
            parent = chain[-1] if chain else None
            code = Code(
                guid=self.guid(),
                name=names.free(parent, self.draw(NAMES)),
                parent=parent,
                kind=self.draw(st.none() | st.sampled_from(KINDS)),
                definition=self.draw(WORDS),
                include_rule=self.draw(WORDS),
                exclude_rule=self.draw(WORDS),
                example=self.draw(WORDS),
                color=self.draw(
                    st.none() | st.from_regex("#[0-9a-f]{6}", fullmatch=True)
                ),
                is_codable=self.draw(st.booleans()),
                is_archived=self.draw(st.booleans()),
                notes=self.of(self.notes),
            )
            codes.append(code)
            chain.append(code.guid)
        return codes

    def variable(self) -> Variable:
        kind = self.draw(st.sampled_from(VariableType))
        return Variable(self.guid(), self.draw(NAMES), kind, self.draw(WORDS))

    def values(self) -> tuple[VariableValue, ...]:
        kinds = {each.guid: each.type for each in self.variables}
        return tuple(
            VariableValue(guid, self.draw(st.none() | VALUES[kinds[guid]]))
            for guid in self.of(self.variables)
        )

    def codings(self) -> tuple[Coding, ...]:
        return tuple(
            Coding(
                guid=self.guid(),
                code=code,
                user=self.draw(st.sampled_from(self.users)).guid,
                at=self.draw(MOMENTS),
                notes=self.of(self.notes),
            )
            for code in (self.of(self.codes) if self.users else ())
        )

    def source(self) -> Source:
        text = self.draw(TEXTS)
        return Source(
            guid=self.guid(),
            name=self.draw(NAMES),
            text=text,
            user=self.one_of(self.users),
            created_at=self.draw(st.none() | MOMENTS),
            selections=tuple(self.selections(text)),
            codings=self.codings(),
            notes=self.of(self.notes),
            values=self.values(),
        )

    def selections(self, text: str) -> list[Selection]:
        found = []
        for _ in range(self.some() if text.strip() else 0):
            start = self.draw(st.integers(0, len(text) - 1))
            end = self.draw(st.integers(start + 1, len(text)))
            found.append(
                Selection(
                    guid=self.guid(),
                    start=start,
                    end=end,
                    quote=text[start:end],
                    name=text[start:end][:64],
                    user=self.one_of(self.users),
                    created_at=self.draw(MOMENTS),
                    codings=self.codings(),
                    notes=self.of(self.notes),
                )
            )
        return found


@st.composite
def projects(draw: st.DrawFn) -> Project:
    made = Making(draw)
    selections = [each for source in made.sources for each in source.selections]
    cases = [
        Case(
            guid=made.guid(),
            name=draw(NAMES),
            description=draw(WORDS),
            codes=made.of(made.codes),
            values=made.values(),
            sources=made.of(made.sources),
            selections=made.of(selections),
        )
        for _ in range(made.some())
    ]
    sets = [
        CodeSet(
            guid=made.guid(),
            name=draw(NAMES),
            description=draw(WORDS),
            codes=made.of(made.codes),
            sources=made.of(made.sources),
            notes=made.of(made.notes),
        )
        for _ in range(made.some(2))
    ]
    return Project(
        name=draw(NAMES),
        origin="Klantreis",
        description=draw(WORDS),
        user=made.one_of(made.users),
        created_at=draw(st.none() | MOMENTS),
        modified_at=draw(st.none() | MOMENTS),
        users=tuple(made.users),
        codes=tuple(made.codes),
        variables=tuple(made.variables),
        cases=tuple(cases),
        sources=tuple(made.sources),
        notes=tuple(made.notes),
        sets=tuple(sets),
        memos=made.of(made.notes),
    )


def words_project(text: str, *places: tuple[int, int], **more: Any) -> Project:
    """One source, in which Anna laid one code on each place."""
    anna = User(UUID(int=1), "Anna")
    code = Code(guid=UUID(int=2), name="Prijs", kind="deciding_factor")
    at = datetime(2026, 1, 1, tzinfo=UTC)
    selections = tuple(
        Selection(
            guid=UUID(int=100 + number),
            start=start,
            end=end,
            quote=text[start:end],
            user=anna.guid,
            created_at=at,
            codings=(
                Coding(
                    guid=UUID(int=200 + number), code=code.guid, user=anna.guid, at=at
                ),
            ),
        )
        for number, (start, end) in enumerate(places)
    )
    source = Source(guid=UUID(int=3), name="Gesprek", text=text, selections=selections)
    rest: dict[str, Any] = {"users": (anna,), "codes": (code,), "sources": (source,)}
    return Project(name="Studie", **(rest | more))
