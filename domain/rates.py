"""How often somebody may do something."""

from dataclasses import dataclass

MINUTE_S = 60


@dataclass(frozen=True)
class Rate:
    """`count` at once, given back evenly over `window_s`: a bucket of tokens."""

    name: str
    count: int
    window_s: int
    of_what: str = ""

    @property
    def words(self) -> str:
        """For people."""
        return f"{self.count} {self.of_what} in {self.window_s // MINUTE_S} min"


@dataclass(frozen=True)
class RateLimits:
    """Each figure is a setting too; for addresses see `domain.addresses.caller_at`."""

    sign_in_failures_per_15_min: int = 5  # of an account from an address
    sign_in_failures_per_address_per_15_min: int = 20
    sign_in_failures_per_account_per_h: int = 100
    refreshes_per_address_per_5_min: int = 30
    requests_per_user_per_min: int = 600  # or per API key
    requests_per_address_per_min: int = 120  # of nobody signed in
    handshakes_per_address_per_min: int = 30

    @property
    def sign_in(self) -> Rate:
        return self._of(
            "sign_in", self.sign_in_failures_per_15_min, 15, "failed sign-ins"
        )

    @property
    def sign_in_address(self) -> Rate:
        count = self.sign_in_failures_per_address_per_15_min
        return self._of("sign_in_address", count, 15, "failed sign-ins from an address")

    @property
    def sign_in_account(self) -> Rate:
        count = self.sign_in_failures_per_account_per_h
        return self._of("sign_in_account", count, 60, "failed sign-ins to an account")

    @property
    def refresh(self) -> Rate:
        return self._of(
            "refresh", self.refreshes_per_address_per_5_min, 5, "refreshed tokens"
        )

    @property
    def user(self) -> Rate:
        return self._of("user", self.requests_per_user_per_min, 1, "requests")

    @property
    def address(self) -> Rate:
        return self._of("address", self.requests_per_address_per_min, 1, "requests")

    @property
    def handshake(self) -> Rate:
        return self._of(
            "handshake", self.handshakes_per_address_per_min, 1, "new connections"
        )

    @staticmethod
    def _of(name: str, count: int, minutes: int, of_what: str) -> Rate:
        return Rate(name, count, minutes * MINUTE_S, of_what)
