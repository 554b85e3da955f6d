"""Records, rules and errors in plain Python."""
