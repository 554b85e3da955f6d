"""The trail, for tests that ask what was written to it."""

from domain.activity import Activity, ActivityFilter
from domain.paging import PageRequest
from resolvers.context import Services


async def trail(services: Services, action: str | None = None) -> list[Activity]:
    """Up to 100 entries, oldest first; with `action`, those of that one."""
    where = ActivityFilter(actions=(action,) if action else ())
    page = await services.repos.activity.page(PageRequest(100), where, own_of=None)
    return list(reversed(page.items))
