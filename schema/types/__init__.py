"""One module per family of GraphQL types."""
