"""Connections that stay open, whatever is spoken on them."""
