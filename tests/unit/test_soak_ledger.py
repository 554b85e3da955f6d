"""The soak's count notices whatever would be wrong."""

import pytest

from scripts.listeners import ACTIVITY, Listener
from scripts.soak_ledger import Ledger, Verdict, verdicts

# Sent one after the other was acknowledged, but for 3 and 4, which were sent at once.
LEDGER = Ledger(
    sent_s={1: 1.0, 2: 2.0, 3: 3.0, 4: 3.1},
    acknowledged_s={1: 1.5, 2: 2.5, 3: 3.5, 4: 3.5},
)


def verdict(*seen: int, gaps: int = 0) -> Verdict:
    listener = Listener("somebody", url="", token="")
    listener.seen[ACTIVITY] = list(seen)
    listener.gaps = [f"{ACTIVITY} TRIMMED"] * gaps
    (found,) = verdicts({ACTIVITY: LEDGER}, [listener])
    return found


@pytest.mark.parametrize("seen", [(1, 2, 3, 4), (1, 2, 4, 3)])
def test_all_once_and_in_order_is_good(seen: tuple[int, ...]) -> None:
    assert not verdict(*seen).is_bad


def test_what_is_missing_or_comes_twice_or_too_late_is_counted() -> None:
    assert verdict(1, 2, 4).lost == 1
    assert verdict(1, 2, 2, 3, 4).doubled == 1
    assert verdict(2, 1, 3, 4).disordered == 1
    assert verdict(1, 2, 3, 4, gaps=1).gaps == 1
    assert verdict(1, 2, 4).is_bad
    assert verdict(1, 2, 3, 4, gaps=1).is_bad


def test_what_was_sent_before_all_listened_does_not_count() -> None:
    ledger = Ledger(LEDGER.sent_s, LEDGER.acknowledged_s, counted_from=3)

    assert ledger.due == {3, 4}
