"""The press's PDF: read into text, stories and areas."""
