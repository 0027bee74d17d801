"""The groups of a form: what they hold until they end, and the pages they come to."""

from collections.abc import Callable
from dataclasses import dataclass, field

from survey_app.exchange.drafting import Group, Item, both
from survey_app.exchange.markers import PAGE
from survey_app.exchange.xlsform.sheets import Row
from survey_app.questionnaires.question_set import Question, Texts
from survey_app.questionnaires.rules import Condition

GRIDS = frozenset({"table-list", "w1"})


@dataclass(slots=True)
class OpenGroup:
    """A group that has begun and not ended."""

    row: Row
    when: Condition | None = None
    items: list[Item] = field(default_factory=list)
    choices: list[tuple[Row, Question]] = field(default_factory=list)  # rows of a grid

    @property
    def wants_grid(self) -> bool:
        return bool(GRIDS & set(self.row.get("appearance", "").split()))

    @property
    def is_grid(self) -> bool:
        """Choices from one list: they are rows of a matrix."""
        return len({row.get("type", "") for row, _question in self.choices}) == 1


class Groups:
    def __init__(self, title_of: Callable[[Row], Texts | None]) -> None:
        self._title_of = title_of
        self._open: list[OpenGroup] = []
        self.found: list[Group] = []

    @property
    def innermost(self) -> OpenGroup | None:
        return self._open[-1] if self._open else None

    def begin(self, row: Row, when: Condition | None) -> None:
        group = OpenGroup(row, when)
        if not group.wants_grid:
            self.close_page()
        self._open.append(group)

    def end(self) -> None:
        self._open.pop()

    def add(self, item: Item) -> None:
        if self._open:
            self._open[-1].items.append(item)
        else:
            self.found.append(Group(item.question.id, (item,)))

    def change_last(self, question: Question) -> None:
        """The question that was added last, as it is now."""
        items = self._open[-1].items if self._open else []
        if items:
            items[-1] = Item(question, items[-1].when)
        else:
            before = self.found[-1].items[-1]
            self.found[-1] = Group(question.id, (Item(question, before.when),))

    def close_page(self) -> None:
        """What was asked so far in the innermost group becomes a page."""
        if not self._open or not self._open[-1].items:
            return
        group = self._open[-1]
        name = group.row.get("name", "page").removeprefix(PAGE)
        when: Condition | None = None
        for outer in self._open:
            when = both(when, outer.when)
        title = self._title_of(group.row)
        self.found.append(Group(name, tuple(group.items), title, when))
        group.items.clear()
