"""What of CKEditor is served: what the editor asks for, and nothing that is known to be a hole."""

from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from newsroom.staticfiles import EDITOR_FILES


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from django.test import override_settings

    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=str(folder)):
        call_command("collectstatic", "--no-input", "--verbosity", "0")
    return folder


def test_no_sample_no_test_page_and_no_risky_plugin_is_collected(collected: Path) -> None:
    names = [path.relative_to(collected).as_posix().lower() for path in (collected / "ckeditor").rglob("*")]
    words = ("sample", "geshi", "exportpdf", "test", "preview", "iframe", "flash", "forms", "templates", "scayt",
             "wsc", "filebrowser", "upload", "galleriffic", ".html", ".php", ".swf")  # fmt: skip
    assert [name for name in names if any(word in name for word in words)] == []


def test_the_editor_with_its_scripts_and_its_licence_is_collected(collected: Path) -> None:
    for name in (
        "ckeditor/ckeditor-init.js",
        "ckeditor/ckeditor/ckeditor.js",
        "ckeditor/ckeditor/LICENSE.md",
        "ckeditor/ckeditor/lang/zh-cn.js",
        "ckeditor/ckeditor/plugins/link/dialogs/link.js",
        "newsroom/ckeditor-csp.js",
        "newsroom/ckeditor-body.js",
        "newsroom/editor.css",
        "admin/css/base.css",
    ):
        assert (collected / name).is_file(), name


def test_the_editor_is_a_small_part_of_what_its_package_brings(collected: Path) -> None:
    size = sum(path.stat().st_size for path in (collected / "ckeditor").rglob("*") if path.is_file())
    assert size < 1_250_000


@pytest.mark.parametrize("pattern", EDITOR_FILES)
def test_every_line_of_the_list_names_something(pattern: str, collected: Path) -> None:
    assert list(collected.glob(pattern))


@pytest.mark.parametrize(
    "path",
    [
        "ckeditor/ckeditor/plugins/exportpdf/tests/manual/configfilename.html",
        "ckeditor/ckeditor/plugins/codesnippetgeshi/plugin.js",
        "ckeditor/ckeditor/plugins/preview/preview.html",
        "ckeditor/ckeditor/config.js",
    ],
)
def test_servers_that_ask_the_finders_do_not_find_it_either(path: str) -> None:
    package = next(
        Path(storage.location)
        for finder in finders.get_finders()
        for name, storage in getattr(finder, "storages", {}).items()
        if name == "ckeditor"
    )
    if "exportpdf" not in path:
        assert (package / path).is_file(), (
            "the package no longer brings it: choose another file for this test"
        )
    assert finders.find(path) is None


@pytest.mark.parametrize("path", ["/ckeditor/upload/", "/ckeditor/browse/", "/admin/ckeditor/upload/"])
def test_there_is_no_upload_address(db: None, path: str, admin_client: Client) -> None:
    """RISKS 23, even for a superuser."""
    assert admin_client.post(path, {"upload": "x"}).status_code == 404
    assert admin_client.get(path).status_code == 404


def test_the_uploader_is_not_installed() -> None:
    from django.apps import apps

    assert not apps.is_installed("ckeditor_uploader")
