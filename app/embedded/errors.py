"""What keeps the embedded servers from running; each text is one clear line."""


class EmbeddedFailed(Exception):
    """A server is not installed, does not start, or does not keep what it is told."""


class DataDirInUse(EmbeddedFailed):
    """Another service holds the data directory."""
