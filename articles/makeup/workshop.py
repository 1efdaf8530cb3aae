"""Where pages are made up on this machine: its fonts, and the folder that keeps links to them."""

from pathlib import Path

from django.conf import settings

from articles.makeup import fonts


def font_places() -> list[Path]:
    """Where fonts are looked for before the machine's own places: a setting, then what `make fonts` unpacked."""
    configured = getattr(settings, "PAGE_FONTS", None)
    return [Path(place) for place in (configured, settings.VAR / "fonts") if place]


def page_fonts() -> fonts.Fonts:
    """The fonts pages are set in. Raises FontsMissing."""
    return fonts.find(font_places())


def cache() -> Path:
    """The folder for links to the fonts; made at first use."""
    return Path(settings.VAR) / "makeup"
