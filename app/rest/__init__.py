"""The documented /api/v1 routes: a thin edge over the same use cases as GraphQL."""
