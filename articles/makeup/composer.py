"""Typst behind one small door: data in, PDF out. Templates are ours; content is data and never becomes markup."""

import json
import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from articles.makeup.fonts import Fonts
from articles.makeup.grid import Grid

TEMPLATES = Path(__file__).with_name("typst")


class CompositionFailed(Exception):
    """Typst refused. The message is its own."""


class Composer:
    """Sets galleys and pages in a folder of its own, where pictures for it are put too."""

    def __init__(self, folder: Path, fonts: Fonts, grid: Grid, cache: Path) -> None:
        """folder: empty, the caller's, removed by the caller. cache: where links to the fonts are kept."""
        self.folder = folder
        self.fonts = fonts
        self.grid = grid
        self._font_folder = fonts.folder(cache)
        for template in TEMPLATES.glob("*.typ"):
            shutil.copy(template, folder)

    def galley(self, data: Mapping[str, Any]) -> bytes:
        """A PDF with one page for each body."""
        return self._compile("galley.typ", data)

    def page(self, data: Mapping[str, Any]) -> bytes:
        """A PDF of one page."""
        return self._compile("page.typ", data)

    def _compile(self, template: str, data: Mapping[str, Any]) -> bytes:
        import typst  # noqa: PLC0415  # 30 MB: for workers only

        try:
            compiler = typst.Compiler(
                root=str(self.folder), font_paths=_loaded(str(self._font_folder)), ignore_system_fonts=True
            )
            made = compiler.compile(
                input=str(self.folder / template),
                format="pdf",
                pdf_tags=False,
                sys_inputs={
                    **self.fonts.families,
                    "body": str(self.grid.body),
                    "pitch": str(self.grid.pitch),
                    "data": json.dumps(data, ensure_ascii=False),
                },
            )
        except typst.TypstError as problem:
            raise CompositionFailed(str(problem)) from problem
        if not isinstance(made, bytes):
            raise CompositionFailed("not one file")
        return made


@lru_cache(maxsize=2)
def _loaded(folder: str) -> Any:
    """The fonts, read once in a worker's life."""
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
