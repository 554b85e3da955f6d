"""Fan-out of events to open sockets."""
