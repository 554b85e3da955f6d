"""Relay connections over pages of records."""

from typing import Any, Generic, TypeVar

import strawberry

from domain.paging import Page
from schema.info import Info
from schema.unsaid import unsaid

T = TypeVar("T")
FIRST = unsaid(20)


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type
class Edge(Generic[T]):
    cursor: str
    node: T


@strawberry.type
class Connection(Generic[T]):
    """`nodes` are the wrapped items of `page`. Cursors are signed, which costs more
    than the rest of a row, so they are made only when asked for.
    """

    page: strawberry.Private[Page[Any]]
    list_name: strawberry.Private[str]
    nodes: list[T]

    @strawberry.field
    def edges(self, info: Info) -> list[Edge[T]]:
        sign = info.context.services.cursors.sign
        return [
            Edge(cursor=sign(self.list_name, position), node=node)
            for position, node in zip(self.page.positions, self.nodes, strict=True)
        ]

    @strawberry.field
    def page_info(self, info: Info) -> PageInfo:
        sign = info.context.services.cursors.sign
        ends = self.page.positions
        return PageInfo(
            has_next_page=self.page.has_next,
            has_previous_page=self.page.has_previous,
            start_cursor=sign(self.list_name, ends[0]) if ends else None,
            end_cursor=sign(self.list_name, ends[-1]) if ends else None,
        )
