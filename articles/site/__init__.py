"""What readers get. Only the public side is read here: frozen copies, names of papers and sections, photo files.

The one exception is `preview`, which shows the desk's own text to whoever holds a signed link.
"""
