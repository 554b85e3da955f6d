"""What a request says it can take, and how much it likes each."""

from contextlib import suppress

from starlette.datastructures import Headers

HTML = "text/html"


def likes(headers: Headers, name: str = "accept") -> dict[str, float]:
    """The choices of `Accept`, or of a header like it, with their weights from 0 to 1;
    empty when it says nothing.
    """
    choices = [one for line in headers.getlist(name) for one in line.split(",")]
    return dict(_liking(one) for one in choices if one.strip())


def wants_page(headers: Headers) -> bool:
    """Whether a browser is about to show the answer, rather than a program to read it:
    only who names HTML, and nothing of ours before it, does.
    """
    liked = likes(headers)
    others = (weight for kind, weight in liked.items() if kind.endswith("json"))
    return liked.get(HTML, 0) > max(others, default=0)


def _liking(choice: str) -> tuple[str, float]:
    kind, *parameters = (part.strip().lower() for part in choice.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            with suppress(ValueError):
                return kind, float(value)
    return kind, 1.0
