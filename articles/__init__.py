"""The story's way: from raw text over the desk to the published page."""
