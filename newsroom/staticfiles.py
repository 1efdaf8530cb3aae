"""Which of an installed package's static files are served: CKEditor brings ten megabytes, and among them pages that
may not be public."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder

# What the editor, set up as settings/base.py has it, asks for, and its licence. A list of what may be there: nobody
# has to know about the next sample page or plugin test that turns out to be a hole (CVE-2024-24816, GeSHi).
EDITOR_FILES = (
    "ckeditor/ckeditor-init.js",
    "ckeditor/ckeditor.css",
    "ckeditor/fixups.js",
    "ckeditor/ckeditor/ckeditor.js",
    "ckeditor/ckeditor/LICENSE.md",
    "ckeditor/ckeditor/lang/en.js",
    "ckeditor/ckeditor/lang/zh-cn.js",
    "ckeditor/ckeditor/plugins/icons*.png",
    "ckeditor/ckeditor/plugins/divarea/plugin.js",
    "ckeditor/ckeditor/plugins/clipboard/dialogs/paste.js",
    "ckeditor/ckeditor/plugins/dialog/styles/dialog.css",
    "ckeditor/ckeditor/plugins/link/dialogs/link.js",
    "ckeditor/ckeditor/plugins/pastefrom*/filter/default.js",
    "ckeditor/ckeditor/plugins/pastetools/filter/*.js",
    "ckeditor/ckeditor/skins/moono-lisa/dialog.css",
    "ckeditor/ckeditor/skins/moono-lisa/editor.css",
    "ckeditor/ckeditor/skins/moono-lisa/editor_gecko.css",
    "ckeditor/ckeditor/skins/moono-lisa/*.png",
    "ckeditor/ckeditor/skins/moono-lisa/images/*",
)


def is_served(path: str) -> bool:
    """Whether a package's static file is served at all. `path` is as in a URL, without STATIC_URL."""
    path = path.replace("\\", "/")
    return not path.startswith("ckeditor/") or any(fnmatchcase(path, pattern) for pattern in EDITOR_FILES)


class PackageFiles(AppDirectoriesFinder):
    """Django's finder of the packages' static files without those that are not served; collectstatic, runserver
    and tests ask it alike."""

    def find_in_app(self, app: str, path: str) -> Any:
        return super().find_in_app(app, path) if is_served(path) else None

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        for path, storage in super().list(ignore_patterns):
            if is_served(path):
                yield path, storage
