"""Faults, and what the service loses by them: nothing. `make drill` runs them."""
