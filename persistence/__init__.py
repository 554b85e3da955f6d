"""MongoDB and Redis: the only importer of their drivers."""
