"""Photos: what comes in, what is kept, what the public gets. Knows nothing of articles."""
