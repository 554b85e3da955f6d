"""DataLoaders: one question each, batched per level, fresh per operation."""
