"""The picture of a made up page for the README: python -m tests.page_shot [DATE PAGE], on the content of `make demo`.

Writes docs/makeup-page.jpg.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
WIDTH, QUALITY = 1100, 76


def main(arguments: list[str]) -> int:
    day, page = arguments or ["latest", "01"]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "manage.py", "makeup_page", day, page, "--format", "对开", "--out", folder]
        subprocess.run(command, cwd=ROOT, check=True)
        image = Image.open(Path(folder) / "page.png").convert("RGB")
        image = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
        image.save(ROOT / "docs" / "makeup-page.jpg", quality=QUALITY, optimize=True, progressive=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
