"""`dashboard serve`: the service, with databases of its own where none are given."""

import argparse
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from types import FrameType

import uvloop
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess

from app import refused_starts, worker_figures
from app.asgi import create_app, from_environment
from app.background import owned
from app.cli.greeting import SignIn, greeting
from app.cli.parsers import Subparsers
from app.database_state import note_start
from app.demo import workspace as demo
from app.embedded.databases import embedded
from app.embedded.guard import die_with_parent
from app.first_sign_in import first_sign_in
from app.lifespan import StartFailed, open_platform
from app.server import Server, server_config
from app.settings.production import check_production
from app.settings.rules import PREFIX
from app.settings.settings import BadSetting, Settings, load_settings, unknown_names
from app.web_client.files import read_build
from kit.logs import set_up_logging
from resolvers.context import Services

CONNECTIONS = 16_384
Greet = Callable[[SignIn | None], None]


def add_parser(subparsers: Subparsers) -> None:
    text = "run the service"
    parser = subparsers.add_parser("serve", help=text, description=text)
    parser.add_argument(
        "--demo", action="store_true", help="with a small, lively demo workspace"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    try:
        settings = _settings(with_demo=args.demo)
    except BadSetting as refusal:
        refused_starts.note(refusal)
        raise
    set_up_logging(settings.log_level)
    for name in unknown_names():
        print(f"dashboard: there is no setting {name}", file=sys.stderr)
    signal.signal(signal.SIGTERM, _leave)
    _allow_many_connections()
    with _listening(settings) as listener, embedded(settings) as ready:

        def greet(sign_in: SignIn | None) -> None:
            print(greeting(listener, settings, sign_in), flush=True)

        if settings.workers > 1 and not args.demo:
            uvloop.run(_prepare(ready, greet))
            _serve_by_workers(ready, listener)
        else:
            uvloop.run(_serve(ready, listener, greet, with_demo=args.demo))
    return 0


def _settings(*, with_demo: bool) -> Settings:
    settings = load_settings()
    if with_demo and settings.env == "production":
        raise StartFailed("--demo makes accounts and figures: not for production")
    check_production(settings)
    return settings


def worker() -> Starlette:
    """The application of one of several workers; ends with the one that started it."""
    die_with_parent(os.getppid())
    return from_environment()


async def _serve(
    settings: Settings, listener: socket.socket, greet: Greet, *, with_demo: bool
) -> None:
    async with AsyncExitStack() as stack:
        platform = await stack.enter_async_context(open_platform(settings))
        services = platform.services
        await _tell_of_start(services, settings)
        sign_in: SignIn | None
        if with_demo:
            print("Preparing the demo workspace ...", flush=True)
            sign_in = await demo.seed(services)
            moving = owned("demo", demo.keep_moving(services))
            await stack.enter_async_context(moving)
        else:
            sign_in = await first_sign_in(platform)
        app = create_app(settings, platform=platform, client=read_build())
        config = server_config(settings, app)
        await Server(config, lambda: greet(sign_in)).serve([listener])


async def _prepare(settings: Settings, greet: Greet) -> None:
    """What is done once, before the workers start."""
    async with open_platform(settings, background=False) as platform:
        await _tell_of_start(platform.services, settings)
        greet(await first_sign_in(platform))


async def _tell_of_start(services: Services, settings: Settings) -> None:
    await note_start(services.repos, services.tokens, services.clock.now_ms())
    await refused_starts.tell(services, settings.data_dir)


def _serve_by_workers(settings: Settings, listener: socket.socket) -> None:
    os.environ[f"{PREFIX}MONGODB_URI"] = settings.mongodb_uri or ""
    os.environ[f"{PREFIX}REDIS_URL"] = settings.redis_url or ""
    with worker_figures.sharing():
        Multiprocess(server_config(settings, "app.cli.serve:worker"), [listener]).run()


def _allow_many_connections() -> None:
    """Many systems give a process 1,024 unless it asks for more; workers inherit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS if hard == resource.RLIM_INFINITY else min(CONNECTIONS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """The socket, bound before anything is started for a port that is taken."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as err:
            raise StartFailed(
                f"cannot listen on {settings.host}:{settings.port}: {err.strerror}; "
                "DASHBOARD_HOST and DASHBOARD_PORT say where else"
            ) from err
        listener.set_inheritable(True)
        yield listener


def _leave(_: int, __: FrameType | None) -> None:
    """SIGTERM before and after serving: leave by the way that closes everything."""
    sys.exit(0)
