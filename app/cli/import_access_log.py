"""`dashboard import access-log`: requests and bytes of a web server's log."""

from collections.abc import Iterator

from app.cli.access_log import LINE_MAX, BadLine, Hit, parse_line
from app.cli.import_entry import already, remember
from app.cli.import_report import Bar, Tally
from app.cli.import_source import Source
from resolvers.context import Context
from resolvers.metrics import import_points

ACTION = "import.access_log"
# Part of each batch's name: a change of it would import everything again.
LINES_PER_BATCH = 2_000


async def import_access_log(ctx: Context, source: Source, bar: Bar) -> Tally | str:
    """What was read, or the sentence that this content was imported before.

    Each batch is known by the content it comes from, so that an import cut short
    is simply run again: what is stored already stays as it is.

    Raises:
        Unreadable: the file breaks off; what came before is stored.
        Unavailable: the database is gone; run it again.
    """
    if said := await already(ctx, ACTION, source):
        return said
    tally = Tally()
    for number, hits in enumerate(_batches(source, tally, bar)):
        points = [point for hit in hits for point in hit.points()]
        batch_id = f"access-log:{source.digest}:{number}"
        await import_points(ctx.services, batch_id, points)
    if tally.accepted:
        await remember(ctx, ACTION, source, f"Imported {source.name}: {tally.counts}")
    return tally


def _batches(source: Source, tally: Tally, bar: Bar) -> Iterator[list[Hit]]:
    batch: list[Hit] = []
    for number, text, size in source.lines(LINE_MAX):
        bar.update(size)
        try:
            hit = parse_line(text)
        except BadLine as err:
            tally.refuse(number, err, text)
            continue
        tally.accept(hit.at_ms)
        batch.append(hit)
        if len(batch) == LINES_PER_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
