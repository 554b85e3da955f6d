"""A web client of a few bytes, built the way the real one is."""

import gzip
from pathlib import Path

PAGE = (
    '<!doctype html><head><meta name="build" content="b1"></head>'
    '<script type="module" src="/assets/index-1.js"></script>'
)
SCRIPT = "console.log('a script')\n"
SQUEEZED = b"as brotli would have it"
THEME = "document.documentElement.dataset.theme = 'dark'\n"


def small_build(folder: Path) -> Path:
    """`folder/dist`, beside a file that is none of it."""
    dist = folder / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text(PAGE)
    (dist / "theme.js").write_text(THEME)
    (dist / "assets" / "index-1.js").write_text(SCRIPT)
    (dist / "assets" / "index-1.js.br").write_bytes(SQUEEZED)
    (dist / "assets" / "index-1.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    (folder / "secret.txt").write_text("not for anybody")
    return dist
