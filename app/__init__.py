"""The composition root and the edges: the only folder that knows every other."""
