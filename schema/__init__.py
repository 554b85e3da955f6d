"""The GraphQL edge: types and their mapping from records; nothing is decided here."""
