"""What commands read and where they write."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest


@pytest.fixture
def standard_input(
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[bytes], AbstractContextManager[None]]:
    """A pipe with some content in it, less than the 64 KiB that a pipe holds."""

    @contextmanager
    def piped(content: bytes) -> Iterator[None]:
        reading, writing = os.pipe()
        os.write(writing, content)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            monkeypatch.setattr(sys, "stdin", pipe)
            yield

    return piped
