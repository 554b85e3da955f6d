"""The version of the product, as `pyproject.toml` has it."""

VERSION = "1.0.0"
