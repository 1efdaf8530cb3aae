"""Where settings come from outside: environment variables named NEWSROOM_…, read in one place."""

import os
import secrets
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent

env = environ.Env()
env.prefix = "NEWSROOM_"

KEY_FILE = "secret.key"


def make_try_out_secret(var: Path) -> str:
    """Return the try-out's signing key, made at the first call and kept in `var` for its owner's eyes only.

    Raises OSError when `var` cannot be written.
    """
    path = var / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50) + "\n")
    return path.read_text(encoding="ascii").strip()


def try_out_secret(var: Path) -> str:
    """The key that `make_try_out_secret` keeps, or one for this process alone while there is none: no key that
    stands in the repository ever signs a session."""
    try:
        return (var / KEY_FILE).read_text(encoding="ascii").strip() or secrets.token_urlsafe(50)
    except OSError:
        return secrets.token_urlsafe(50)
