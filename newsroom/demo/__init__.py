"""Sample content for a try-out: an invented harbour town, its paper, and three days of its desk's work."""
