"""The documented sockets: `/ws/{client_id}` and `/socket.io`."""
