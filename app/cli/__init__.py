"""The `dashboard` command, one module per subcommand."""
