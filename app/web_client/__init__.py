"""The built web client, served."""
