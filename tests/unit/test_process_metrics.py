"""The figures of a process, in the text Prometheus reads."""

import pytest

from kit.metrics import LABEL_SETS_MAX, OTHER, Registry


def test_a_counter_adds_up_by_labels() -> None:
    registry = Registry()
    requests = registry.counter("requests_total", "Requests", ("route", "status"))

    requests.inc("/a", "200")
    requests.inc("/a", "200", by=2)
    requests.inc("/b", "500")

    assert registry.render() == (
        "# HELP requests_total Requests\n"
        "# TYPE requests_total counter\n"
        'requests_total{route="/a",status="200"} 3\n'
        'requests_total{route="/b",status="500"} 1\n'
    )


def test_a_counter_without_labels_starts_at_zero() -> None:
    registry = Registry()
    registry.counter("restarts_total", "Restarts")

    assert "restarts_total 0\n" in registry.render()


def test_a_reading_is_set_or_asked_for() -> None:
    registry = Registry()
    lag = registry.reading("lag_seconds", "Lag")
    failures = registry.reading("failures_total", "Failures", "counter")

    lag.set(0.25)
    failures.ask(lambda: 7)

    assert "lag_seconds 0.25\n" in registry.render()
    assert "# TYPE failures_total counter\nfailures_total 7\n" in registry.render()


def test_a_histogram_counts_up_to_each_bound() -> None:
    registry = Registry()
    seconds = registry.histogram("seconds", "Time", ("route",))

    for value in (0.001, 0.005, 0.3, 60):
        seconds.observe(value, "/a")

    text = registry.render()
    assert 'seconds_bucket{route="/a",le="0.005"} 2.0\n' in text
    assert 'seconds_bucket{route="/a",le="0.25"} 2.0\n' in text
    assert 'seconds_bucket{route="/a",le="0.5"} 3.0\n' in text
    assert 'seconds_bucket{route="/a",le="+Inf"} 4.0\n' in text
    assert 'seconds_sum{route="/a"} 60.306\n' in text
    assert 'seconds_count{route="/a"} 4.0\n' in text


def test_label_values_cannot_break_the_format() -> None:
    registry = Registry()
    registry.counter("odd_total", "Odd", ("name",)).inc('a"b\\c\nd')

    assert 'odd_total{name="a\\"b\\\\c\\nd"} 1\n' in registry.render()


def test_labels_nobody_bounded_do_not_eat_the_memory() -> None:
    registry = Registry()
    counter = registry.counter("wild_total", "Wild", ("name",))

    for number in range(LABEL_SETS_MAX + 50):
        counter.inc(str(number))

    assert counter.value(OTHER) == 50


def test_wrong_labels_are_a_mistake() -> None:
    counter = Registry().counter("requests_total", "Requests", ("route",))

    with pytest.raises(ValueError, match="has the labels"):
        counter.inc("/a", "200")


def test_two_metrics_of_one_name_are_a_mistake() -> None:
    registry = Registry()
    registry.reading("lag", "Lag")

    with pytest.raises(ValueError, match="already"):
        registry.reading("lag", "Lag")
