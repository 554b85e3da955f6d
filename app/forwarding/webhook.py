"""Events by POST to a URL, one a call, signed."""

from collections.abc import Sequence
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from app.forwarding.cloud_event import CONTENT_TYPE, cloud_event
from app.forwarding.http_post import NoAnswer, Poster
from domain.forwarding import Gone, Happening, NotTaken
from kit.clock import Clock
from kit.standard_webhooks import signature_headers
from kit.times import to_ms


class Webhook:
    """Taken is what was answered with 2xx; 410 ends it. Nothing is followed, so a
    redirect is no answer either.
    """

    at_once = 1

    def __init__(
        self, poster: Poster, keys: Sequence[bytes], *, source: str, clock: Clock
    ) -> None:
        self._poster = poster
        self._keys = tuple(keys)
        self._source = source
        self._clock = clock

    async def take(self, happenings: Sequence[Happening]) -> None:
        for happening in happenings:
            await self._post(happening)

    async def _post(self, happening: Happening) -> None:
        body = cloud_event(happening, self._source)
        now_ms = self._clock.now_ms()
        signed = signature_headers(self._keys, happening.entry.id, now_ms, body)
        try:
            answer = await self._poster.post(
                body, {"Content-Type": CONTENT_TYPE, **signed}
            )
        except NoAnswer as err:
            raise NotTaken(str(err)) from err
        status = answer.status
        if status == HTTPStatus.GONE:
            raise Gone("it answers 410")
        if not HTTPStatus(HTTPStatus.OK) <= status < HTTPStatus.MULTIPLE_CHOICES:
            after_s = _seconds(answer.retry_after or "", now_ms)
            raise NotTaken(f"it answers {status}", after_s)


def _seconds(retry_after: str, now_ms: int) -> float:
    """Of a `Retry-After`, in either of its forms; 0 for what is neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after)
    try:
        at = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(to_ms(at) - now_ms, 0) / 1_000
