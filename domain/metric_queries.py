"""What a metrics query may ask for at once."""

from domain.errors import InvalidInput
from domain.metric_rules import check_metric_name, check_tag_key
from domain.metrics import NAMES_PER_QUERY_MAX, TAGS_MAX, MetricsQuery, TagFilter

SERIES_MAX = 50
FILTER_VALUES_MAX = 50


def check_query(query: MetricsQuery) -> None:
    """Checks all but what needs a calendar: range, interval and comparison.

    Raises:
        InvalidInput: names the argument.
    """
    if not 1 <= len(query.names) <= NAMES_PER_QUERY_MAX:
        reason = f"must be 1 to {NAMES_PER_QUERY_MAX} names"
        raise InvalidInput.of("names", reason)
    for name in query.names:
        check_metric_name(name, field="names")
    if len(query.group_by) > TAGS_MAX or len(set(query.group_by)) < len(query.group_by):
        raise InvalidInput.of("groupBy", f"must be at most {TAGS_MAX} different tags")
    for key in query.group_by:
        check_tag_key(key, field="groupBy")
    if len(query.filters) > TAGS_MAX:
        raise InvalidInput.of("filter", f"must be at most {TAGS_MAX}")
    for index, one in enumerate(query.filters):
        _check_filter(one, f"filter.{index}")
    if not 1 <= query.top_series <= SERIES_MAX:
        raise InvalidInput.of("topSeries", f"must be between 1 and {SERIES_MAX}")


def _check_filter(one: TagFilter, field: str) -> None:
    check_tag_key(one.key, field=f"{field}.key")
    if not 1 <= len(one.values) <= FILTER_VALUES_MAX:
        reason = f"must be 1 to {FILTER_VALUES_MAX} values"
        raise InvalidInput.of(f"{field}.values", reason)
