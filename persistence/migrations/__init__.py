"""Changes to what is stored, one module each, in order; see `docs/operations.md`."""
