"""Settings: base, and dev, test and production on top of it."""
