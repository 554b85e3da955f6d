"""How much one operation may ask for, whichever transport it comes by."""

from dataclasses import dataclass

from domain.errors import QueryTooComplex


@dataclass(frozen=True)
class OperationLimits:
    """The most of each; whatever exceeds one is refused before it is executed.

    `tokens` count comments, too; `fields` and `aliases` each use of a fragment.
    `cost` is of one operation, `seconds` of its execution or of that of one event
    of a subscription; the others are of a whole document.
    """

    tokens: int = 2_000
    depth: int = 10
    operations: int = 10
    fragments: int = 50
    directives: int = 50
    directives_per_node: int = 5
    fields: int = 500
    aliases: int = 15
    cost: int = 5_000
    seconds: float = 10

    def check(self, what: str, value: int) -> None:
        """Whether there are not more than may be of `what`, one of the above.

        Raises:
            QueryTooComplex: there are; says what, how many and how many may be.
        """
        limit: int = getattr(self, what)
        if value > limit:
            raise QueryTooComplex(what.replace("_", " "), limit=limit, value=value)
