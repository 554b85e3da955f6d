"""Do the clocks agree? Tokens, leases and the trail are stamped with ours."""

from app.doctor.findings import Finding, bad, ok, warn
from kit.tokens import CLOCK_SKEW_S

AREA = "clock"
_NOTICED_MS = 2_000


def skew(name: str, ours_ms: int, theirs_ms: int) -> Finding:
    """`ours_ms` in the middle of asking."""
    apart_s = abs(ours_ms - theirs_ms) / 1_000
    what = f"{apart_s:.1f} s apart from that of {name}"
    todo = "synchronise the clocks (NTP) of this machine and of the servers"
    if apart_s > CLOCK_SKEW_S:
        return bad(AREA, what, todo)
    if apart_s * 1_000 > _NOTICED_MS:
        return warn(AREA, what, todo)
    return ok(AREA, f"agrees with that of {name}")
