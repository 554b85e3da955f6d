"""What is done to every request, whatever route it is for."""
