"""Use cases: authorise, read or change, tell. They know no wire format."""
