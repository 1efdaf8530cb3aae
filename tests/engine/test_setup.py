"""deploy/setup.py: the virtual environment is made with what a machine has, or the machine is told what it lacks."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.requires import ROOT

pytestmark = pytest.mark.once


@pytest.fixture
def setup(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    """The script with an environment folder of the test's own, which does not exist yet."""
    monkeypatch.setenv("NEWSROOM_VENV", str(tmp_path / "venv"))
    spec = importlib.util.spec_from_file_location("newsroom_setup", ROOT / "deploy" / "setup.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_is_told_so(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "MINIMUM", (9, 9))
    with pytest.raises(setup.SetupFailed, match=r"This is Python 3\.\d+; Newsroom needs 9\.9 or newer"):
        setup.main(["runtime"])


def test_an_old_python_can_read_the_script() -> None:
    import ast

    ast.parse((ROOT / "deploy" / "setup.py").read_text(), feature_version=(3, 6))


def test_an_environment_is_made_and_can_install(setup: ModuleType) -> None:
    assert not setup.usable()
    setup.make_venv()
    assert setup.usable()
    assert setup.installer()


def test_without_pip_in_venv_an_outer_pip_serves(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python without ensurepip and without virtualenv, as Debian's is."""
    really = setup.succeeds

    def without_ensurepip(command: list[str]) -> bool:
        if "virtualenv" in " ".join(command) or (
            command[1:3] == ["-m", "venv"] and "--without-pip" not in command
        ):
            return False
        return bool(really(command))

    monkeypatch.setattr(setup, "succeeds", without_ensurepip)
    setup.make_venv()
    assert setup.installer() == [sys.executable, "-m", "pip", "--python", setup.PYTHON]


def test_when_nothing_works_it_says_what_to_install(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "succeeds", lambda command: False)
    with pytest.raises(setup.SetupFailed) as failed:
        setup.main(["runtime"])
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert f"apt install python{version}-venv" in str(failed.value)
    assert not Path(setup.VENV).exists()


def test_a_folder_that_is_no_environment_is_left_alone(setup: ModuleType) -> None:
    folder = Path(setup.VENV)
    folder.mkdir()
    (folder / "novel.txt").write_text("chapter one")
    with pytest.raises(setup.SetupFailed, match="nothing in it was touched"):
        setup.main(["runtime"])
    assert (folder / "novel.txt").read_text() == "chapter one"


def test_a_second_run_installs_nothing(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(setup, "install", installed.append)
    setup.main(["runtime"])
    setup.main(["runtime"])
    assert installed == ["runtime"]


def test_what_serves_the_tests_serves_the_try_out_too(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []
    monkeypatch.setattr(setup, "install", installed.append)
    setup.main(["dev"])
    setup.main(["runtime"])
    assert installed == ["dev"]


def test_a_changed_lock_is_installed(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []
    monkeypatch.setattr(setup, "install", installed.append)
    setup.main(["runtime"])
    Path(setup.STAMP).write_text(json.dumps({"runtime": "another lock"}))
    setup.main(["runtime"])
    assert installed == ["runtime", "runtime"]


def test_a_failed_install_is_tried_again(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(level: str) -> None:
        raise setup.SetupFailed("no network")

    monkeypatch.setattr(setup, "install", fails)
    with pytest.raises(setup.SetupFailed):
        setup.main(["runtime"])
    installed: list[str] = []
    monkeypatch.setattr(setup, "install", installed.append)
    setup.main(["runtime"])
    assert installed == ["runtime"]
