"""What the address of a database says. Not by `urlsplit`, which takes one host only:
some versions of it refuse a second that is an IPv6 address.
"""

from urllib.parse import parse_qsl


def hosts_of(uri: str) -> list[str]:
    """Each with its port, in lower case."""
    authority = uri.partition("://")[2].partition("?")[0].partition("/")[0]
    return authority.rpartition("@")[2].lower().split(",")


def options_of(uri: str) -> dict[str, str]:
    """What stands behind the `?`, in lower case."""
    return dict(parse_qsl(uri.partition("?")[2].lower()))
