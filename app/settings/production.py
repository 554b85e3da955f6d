"""What production insists on beyond the rules of single settings."""

from collections.abc import Iterator

from app.settings.addresses import hosts_of, options_of
from app.settings.rules import PREFIX, masked, shown
from app.settings.settings import BadSetting, Settings


def check_production(settings: Settings) -> None:
    """Lets through what production, or anything else, may serve with.

    Raises:
        BadSetting: a setting is not for production; it is named.
    """
    if settings.env != "production":
        return
    for name, allowed in _refusals(settings):
        value = masked(name, shown(getattr(settings, name)))
        said = f"is {value!r}" if value else "is not set"
        raise BadSetting(f"{PREFIX}{name.upper()} {said}; allowed: {allowed}")


def _refusals(settings: Settings) -> Iterator[tuple[str, str]]:
    """Settings production does not start with, and what it wants of each instead."""
    password = settings.admin_password
    if password is not None and password.get_secret_value() in settings.secrets:
        yield "admin_password", "another text than DASHBOARD_JWT_SECRET"
    if settings.introspection == "on":
        yield "introspection", "auto or off in production"
    if settings.log_level == "DEBUG":
        yield "log_level", "INFO, WARNING or ERROR in production"
    if settings.plaintext_databases == "refuse":
        yield from _readable_on_the_way(settings)
    if not settings.allowed_hosts:
        yield "allowed_hosts", "the host names it is asked by, or * for any"


def _readable_on_the_way(settings: Settings) -> Iterator[tuple[str, str]]:
    waiver = f"or {PREFIX}PLAINTEXT_DATABASES=allow where the network is your own"
    if not _mongodb_is_private(settings.mongodb_uri or ""):
        yield "mongodb_uri", f"an address with tls=true, {waiver}"
    if not _redis_is_private(settings.redis_url or ""):
        yield "redis_url", f"rediss://…, {waiver}"


def _mongodb_is_private(uri: str) -> bool:
    given = options_of(uri)
    by_default = "true" if uri.startswith("mongodb+srv:") else "false"
    tls = given.get("tls", given.get("ssl", by_default))
    return tls == "true" or all(map(_is_here, hosts_of(uri)))


def _redis_is_private(url: str) -> bool:
    return url.startswith(("rediss:", "unix:")) or all(map(_is_here, hosts_of(url)))


def _is_here(host: str) -> bool:
    """This machine: a loopback address, or the path of a Unix socket."""
    return host.partition(":")[0] == "localhost" or host.startswith(
        ("127.", "[::1]", "%2f")
    )
