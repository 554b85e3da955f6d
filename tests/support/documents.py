"""Documents with so many of something, and what becomes of them."""

from typing import Any

from tests.support.clients import Answer


def deep(levels: int) -> str:
    """So many fields within one another."""
    fields = (["activity(first: 1)", "nodes", "actor"] * levels)[: levels - 2]
    return f"{{ me {' '.join(f'{{ {one}' for one in fields)} {{ id {'}' * levels}"


def shared(fragments: int, operations: int) -> str:
    used = " ".join(f"...F{number}" for number in range(fragments))
    asked = " ".join(f"query Q{number} {{ {used} }}" for number in range(operations))
    made = (f"fragment F{n} on Query {{ __typename }}" for n in range(fragments))
    return f"{asked} {' '.join(made)}"


def fields(count: int) -> str:
    return f"{{ {'__typename ' * count}}}"


def aliases(count: int) -> str:
    return f"{{ {' '.join(f'a{n}: __typename' for n in range(count))} }}"


def commented(tokens: int) -> str:
    return "{ __typename }" + "\n#" * (tokens - 3)


def skipped(times: int, each: int) -> str:
    directives = " ".join("@skip(if: false)" for _ in range(each))
    return "{ " + f"__typename {directives} " * times + "}"


# What, how to make a document with so many, and how many there may be.
MEASURED = [
    ("depth", deep, 10),
    ("aliases", aliases, 15),
    ("tokens", commented, 2_000),
    ("fields", fields, 500),
    ("fragments", lambda n: shared(n, 1), 50),
    ("operations", lambda n: shared(1, n), 10),
    ("directives", lambda n: skipped(n, 1), 50),
]


def refusal(answer: Answer) -> dict[str, Any]:
    """The details of the refusal, which must be all there is."""
    (error,) = answer.errors
    assert error["extensions"]["code"] == "QUERY_TOO_COMPLEX", error
    assert answer.data is None
    assert answer.response.status_code == 400
    details: dict[str, Any] = error["extensions"]["details"]
    return details
