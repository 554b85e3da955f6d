"""Orders of a shop, as points and as series."""

from typing import Any

from domain.metrics import (
    MetricKind,
    MetricPointInput,
    MetricSeries,
    MetricsQuery,
    RangeInput,
)
from resolvers.context import Context
from resolvers.series import metrics

ORDERS = "shop.orders"


def orders(value: float = 1, **more: Any) -> MetricPointInput:
    """That many orders more, now and without tags unless said otherwise."""
    return MetricPointInput(ORDERS, value, kind=MetricKind.COUNTER, **more)


async def one_series(ctx: Context, query: MetricsQuery) -> MetricSeries:
    """The only series of the answer."""
    (series,) = (await metrics(ctx, query)).series
    return series


async def total(ctx: Context, name: str = ORDERS) -> float:
    """The sum of the last hour."""
    query = MetricsQuery((name,), RangeInput(last="PT1H"))
    return (await one_series(ctx, query)).summary.sum
