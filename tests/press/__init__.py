"""Press PDFs. Their corpus is set with the machine's Chinese fonts."""

from pathlib import Path

from tests import requires

FONTS = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")


def requires_fonts() -> None:
    requires.require("fonts-noto-cjk", FONTS.is_file())
