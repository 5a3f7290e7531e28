"""The command `typed-cache`: what it finds out about source that it parses and never imports."""
