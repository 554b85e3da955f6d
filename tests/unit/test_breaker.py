"""When a server that does not answer is left alone, and when it is tried again."""

import pytest

from kit.breaker import Breaker
from tests.support.clock import ManualClock

FIRST_S, LONGEST_S = 0.5, 4.0


@pytest.fixture
def breaker(clock: ManualClock) -> Breaker:
    return Breaker(clock, forgiven=1, first_pause_s=FIRST_S, longest_pause_s=LONGEST_S)


def test_failures_are_forgiven_as_long_as_an_answer_comes_between(
    breaker: Breaker,
) -> None:
    for _ in range(3):
        breaker.failed()
        assert (breaker.is_open, breaker.may_try()) == (False, True)
        breaker.succeeded()
    breaker.failed()
    breaker.failed()

    assert (breaker.is_open, breaker.may_try()) == (True, False)
    assert breaker.failures == 5


def test_one_of_all_tries_after_a_pause_and_its_answer_counts_for_all(
    breaker: Breaker, clock: ManualClock
) -> None:
    breaker.failed()
    breaker.failed()
    clock.advance(FIRST_S)

    assert [breaker.may_try() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert [breaker.may_try() for _ in range(3)] == [True, True, True]


def test_the_pause_doubles_up_to_the_longest(
    breaker: Breaker, clock: ManualClock
) -> None:
    breaker.failed()
    pauses: list[float] = []
    for _ in range(5):
        breaker.failed()
        pauses.append(breaker.pause_s)
        clock.advance(breaker.pause_s / 2)
        assert not breaker.may_try()
        clock.advance(breaker.pause_s / 2)
        assert breaker.may_try()

    assert pauses == [0.5, 1.0, 2.0, 4.0, 4.0]
