"""What a browser calls itself, in words its owner recognises."""

# Looked for in this order: each also claims to be some of those after it.
_PROGRAMS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
    ("python", "Python"),
    ("PostmanRuntime", "Postman"),
    ("node", "Node.js"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)
UNKNOWN = "Unknown device"


def device_of(user_agent: str | None) -> str:
    """`Firefox on Linux`, or as much of it as the header tells."""
    agent = user_agent or ""
    program = _first_named(_PROGRAMS, agent)
    system = _first_named(_SYSTEMS, agent)
    return " on ".join(name for name in (program, system) if name) or UNKNOWN


def _first_named(names: tuple[tuple[str, str], ...], agent: str) -> str | None:
    return next((name for mark, name in names if mark in agent), None)
