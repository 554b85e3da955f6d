"""Figures that changed while Redis was away are told as soon as it is back."""

from contextlib import aclosing

import pytest

from app.background import owned
from app.lifespan import open_platform
from app.settings.settings import Settings
from domain.stats import TimeRange
from domain.users import UserDraft
from resolvers.live import watch_dashboard
from resolvers.retelling import keep_told
from resolvers.users import create_user
from tests.support.clock import ManualClock
from tests.support.factories import PASSWORD, acting, make_admin
from tests.support.live import take
from tests.support.valkey import Valkey

BELLA = UserDraft(email="bella@example.com", password=PASSWORD, name="Bella")


# A clock that stands still: no figures ever grow too old by themselves.
@pytest.mark.parametrize("outage", ["write meanwhile", "died before it told"])
async def test_the_newest_figures_follow_an_outage(
    settings: Settings, valkey: Valkey, clock: ManualClock, outage: str
) -> None:
    there = settings.model_copy(update={"redis_url": valkey.address})
    async with open_platform(there, clock=clock, background=False) as platform:
        services = platform.services
        admin = await make_admin(services)
        context = acting(services, admin)
        async with (
            owned("live", services.live.run()),
            aclosing(watch_dashboard(context, TimeRange.LAST_24_HOURS, 100)) as told,
        ):
            await services.live.reader.ready.wait()
            assert [one.total_users.value for one in await take(told, 1)] == [1]

            if outage == "write meanwhile":
                async with owned("retelling", keep_told(services)):
                    await take(told, 0)
                    valkey.kill()
                    draft = UserDraft(
                        email="b@example.com", password=PASSWORD, name="B"
                    )
                    await create_user(context, draft)
                    valkey.start()
                    (figures,) = await take(told, 1)
            else:
                await make_admin(services)
                async with owned("retelling", keep_told(services)):
                    (figures,) = await take(told, 1)

            assert figures.total_users.value == 2
