"""What can be told of a document before it is parsed, which costs 5 µs a token."""

import re
from dataclasses import dataclass

# By the grammar of the specification, but for what is no document anyway: a string
# that does not end is one token, and so is a character that begins none. Nothing is
# tried twice, though groups are not possessive: Python before 3.11.5 gets those wrong.
_TOKEN = re.compile(
    r"""
      ( [\s,\ufeff]++ )
    | [{}()\[\]]
    | [_A-Za-z][_0-9A-Za-z]*+
    | -?[0-9]++ (?: \.[0-9]++ )? (?: [eE][+-]?[0-9]++ )?
    | "{3} [^"\\]*+ (?: (?: \\(?:"{3})? | "{1,2}(?!") ) [^"\\]*+ )* (?: "{3} | \Z )
    | " [^"\\\n\r]*+ (?: \\. [^"\\\n\r]*+ )* "?
    | \# [^\n\r]*+
    | \.{3}
    | .
    """,
    re.VERBOSE | re.ASCII | re.DOTALL,
)
# Enough to say by how much most documents exceed the limit; beyond it the answer
# would take too long (256 KiB of braces are 60 ms, 2026-11).
COUNTED_MAX = 10_000


@dataclass(frozen=True)
class Scan:
    """`tokens` with comments, as far as they were counted; `depth` is of selection
    sets, `nesting` of any brackets, in what was counted.
    """

    tokens: int
    depth: int
    nesting: int


def scan(text: str) -> Scan:
    """Counts in one pass; never fails, whatever the text is."""
    tokens = depth = nesting = open_ = arguments = deepest = 0
    for match in _TOKEN.finditer(text):
        if match.lastindex:
            continue  # what lies between tokens
        tokens += 1
        if tokens >= COUNTED_MAX:
            break
        sign = match[0]
        if sign in "{[(":
            open_ += 1
            nesting = max(nesting, open_)
            if sign == "(" or arguments:
                arguments += 1
            else:
                depth += 1
                deepest = max(deepest, depth)
        elif sign in "}])" and open_:
            open_ -= 1
            if arguments:
                arguments -= 1
            else:
                depth -= 1
    return Scan(tokens, deepest, nesting)
