"""What `dashboard serve` says when it is up: where to look, and how to sign in."""

import socket
from typing import Protocol

from app.settings.settings import Settings
from app.version import VERSION
from app.web_client.files import FOLDER, INDEX

LAST_WORDS = "Stop with Ctrl-C."


class SignIn(Protocol):
    """`password` None is one that somebody has chosen."""

    @property
    def email(self) -> str: ...

    @property
    def password(self) -> str | None: ...


def greeting(
    listener: socket.socket, settings: Settings, sign_in: SignIn | None
) -> str:
    """The block of text; `settings` as they were given, with nothing filled in."""
    url = _url(listener)
    has_client = (FOLDER / INDEX).is_file()
    rows = [
        ("Dashboard", url),
        ("GraphQL", f"{url}/graphql"),
        ("REST", f"{url}/api/v1/docs"),
        ("Databases", _databases(settings)),
    ]
    if sign_in is not None:
        password = sign_in.password or "(the password somebody has set)"
        rows.append(("Sign in", f"{sign_in.email}  {password}"))
    lines = [f"  {name:<11}{value}" for name, value in rows]
    if not has_client:
        lines += ["", "  API only: the web client is not built (make setup)."]
    lines += ["", f"  {LAST_WORDS}"]
    return "\n".join(["", f"User Dashboard {VERSION}", "", *lines, ""])


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104  compared, not listened on
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _databases(settings: Settings) -> str:
    if not settings.needs_embedded:
        return "as DASHBOARD_MONGODB_URI and DASHBOARD_REDIS_URL say"
    return f"embedded, in {settings.data_dir.resolve()}"
