"""The type of what each command adds itself to."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Generic for mypy alone.
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001
else:
    Subparsers = argparse._SubParsersAction  # noqa: SLF001
