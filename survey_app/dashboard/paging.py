"""A long list in pages."""

from collections.abc import Mapping
from dataclasses import dataclass

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """Which page of ``total`` rows is shown; pages count from one."""

    page: int
    total: int
    size: int = PAGE_SIZE

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.size

    @property
    def first_row(self) -> int:
        return min(self.offset + 1, self.total)

    @property
    def last_row(self) -> int:
        return min(self.offset + self.size, self.total)


def read_paging(given: Mapping[str, str], total: int) -> Paging:
    """The page asked for, or the nearest that there is."""
    asked = given.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1  # noqa: PLR2004 - longer is no page
    last = Paging(page=1, total=total).last
    return Paging(page=min(max(page, 1), last), total=total)
