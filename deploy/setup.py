#!/usr/bin/env python3
"""Make or mend the virtual environment: `python3 deploy/setup.py runtime|dev`.

Runs before anything is installed, so it uses the standard library alone and no syntax newer than Python 3.6: an old
Python must get as far as being told that it is too old. pip's own configuration on this machine decides where
packages come from; every file is checked against the hashes in requirements/*.txt.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys

MINIMUM = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.environ.get("NEWSROOM_VENV") or os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STAMP = os.path.join(VENV, "installed.json")


class SetupFailed(Exception):
    """The message is all a person needs."""


def main(arguments):
    level = arguments[0] if arguments else "runtime"
    if level not in ("runtime", "dev"):
        raise SetupFailed("Say what to install: runtime or dev.")
    if sys.version_info < MINIMUM:
        raise SetupFailed(
            "This is Python %d.%d; Newsroom needs %d.%d or newer. Install it, or name one that is there: "
            "make run PYTHON=/path/to/python3.11" % (sys.version_info[:2] + MINIMUM)
        )
    wanted = hashes(level)
    if usable() and all(stamp().get(name) == value for name, value in wanted.items()):
        return
    if not usable():
        say("Making the virtual environment in %s (once) ..." % VENV)
        make_venv()
    say("Installing what requirements/%s.txt locks (once; a minute or two) ..." % level)
    install(level)
    written = dict(stamp(), **hashes(level))
    with open(STAMP, "w") as file:
        json.dump(written, file)


def hashes(level):
    """{lock name: SHA-256}. What dev.txt installs holds everything of runtime.txt in the same versions."""
    names = ["runtime"] if level == "runtime" else ["runtime", "dev"]
    found = {}
    for name in names:
        with open(os.path.join(ROOT, "requirements", name + ".txt"), "rb") as file:
            found[name] = hashlib.sha256(file.read()).hexdigest()
    return found


def stamp():
    try:
        with open(STAMP) as file:
            found = json.load(file)
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def usable():
    """Whether the environment is there, and its Python still starts and is new enough (a removed system Python
    leaves a dangling link)."""
    if not os.path.exists(PYTHON):
        return False
    check = "import sys; sys.exit(sys.version_info < (%d, %d))" % MINIMUM
    try:
        return subprocess.call([PYTHON, "-c", check], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_venv():
    """Try what this Python can: venv with pip, virtualenv, venv without pip served by a pip outside."""
    parent = os.path.dirname(VENV)
    if not os.access(parent, os.W_OK):
        raise SetupFailed(
            "The folder %s cannot be written, so nothing was installed. Make it writable, or keep the environment "
            "elsewhere: make run NEWSROOM_VENV=/another/folder" % parent
        )
    if os.path.isdir(VENV) and os.listdir(VENV) and not os.path.exists(os.path.join(VENV, "pyvenv.cfg")):
        raise SetupFailed(
            "%s is not empty and no virtual environment: nothing in it was touched. Name another folder: "
            "make run NEWSROOM_VENV=/another/folder" % VENV
        )
    attempts = [
        [sys.executable, "-m", "venv", VENV],
        [sys.executable, "-m", "virtualenv", "--quiet", VENV],
        [shutil.which("virtualenv") or "virtualenv", "--quiet", "--python", sys.executable, VENV],
        [sys.executable, "-m", "venv", "--without-pip", VENV],
    ]
    for command in attempts:
        shutil.rmtree(VENV, ignore_errors=True)
        if succeeds(command) and usable() and installer():
            return
    shutil.rmtree(VENV, ignore_errors=True)
    version = "%d.%d" % sys.version_info[:2]
    raise SetupFailed(
        "No virtual environment with pip can be made with %s. Install one of these, then run the same command again:\n"
        "  Debian, Ubuntu:  apt install python%s-venv\n"
        "  Fedora, Alma:    dnf install python3-pip\n"
        "  anywhere:        %s -m pip install --user virtualenv" % (sys.executable, version, sys.executable)
    )


def succeeds(command):
    try:
        return (
            subprocess.call(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            == 0
        )
    except OSError:
        return False


def installer():
    """The command line that installs into the environment, or None: its own pip, or an outer one (22.3 or newer)."""
    if succeeds([PYTHON, "-m", "pip", "--version"]):
        return [PYTHON, "-m", "pip"]
    outer = [sys.executable, "-m", "pip", "--python", PYTHON]
    if succeeds(outer + ["--version"]):
        return outer
    return None


def install(level):
    command = installer()
    if command is None:
        raise SetupFailed(
            "The environment %s has no pip. Remove that folder and run the same command again." % VENV
        )
    lock = os.path.join(ROOT, "requirements", level + ".txt")
    options = [
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-input",
        "--require-hashes",
        "-r",
        lock,
    ]
    # Wheels only: nothing is compiled on a newspaper's laptop.
    options.append("--only-binary=:all:")
    if subprocess.call(command + options, stdin=subprocess.DEVNULL) != 0:
        raise SetupFailed(
            "The packages could not be installed; pip says why above. What is installed already is kept: "
            "run the same command again when the cause is mended."
        )


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except SetupFailed as problem:
        sys.stderr.write("\n%s\n" % problem)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Run the same command again to go on.\n")
        sys.exit(130)
