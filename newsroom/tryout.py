"""What must be in order before the try-out starts: each thing that is not is said with its mend."""

import errno
import fcntl
import os
import socket
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
EVERY = {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound


class NotReady(Exception):
    """The try-out cannot start; the message says what happened, what was kept, and what to do."""


def require_port(host: str, port: int) -> None:
    """Raise NotReady unless a server could listen on `host:port` now."""
    if not 0 < port < 65536:
        raise NotReady(
            _("%(port)s is not a port. Choose a number from 1024 to 65535: make run PORT=8001")
            % {"port": port}
        )
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise NotReady(_not_ours(host)) from error
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            raise NotReady(_why_not(error, host, port)) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _(
            "Port %(port)s is taken: another program listens there, perhaps a Newsroom that still runs. "
            "Nothing was changed. Choose another port: make run PORT=%(other)s"
        ) % {"port": port, "other": port + 1 if port < 65535 else 8001}
    if error.errno == errno.EACCES:
        return _(
            "Port %(port)s needs special rights on this machine. Choose one above 1023: make run PORT=8000"
        ) % {"port": port}
    if error.errno == errno.EADDRNOTAVAIL:
        return _not_ours(host)
    return _("Port %(port)s on %(host)s cannot be used: %(reason)s.") % {
        "port": port,
        "host": host,
        "reason": error.strerror,
    }


def _not_ours(host: str) -> str:
    return _("%(host)s is no address of this machine. For every address: make run HOST=0.0.0.0") % {
        "host": host
    }


def require_folder(var: Path) -> None:
    """Make `var` and what lies below it; raise NotReady when it cannot be written."""
    for folder in (
        var,
        *(var / name for name in ("static", "media", "private", "broker/queue", "broker/control")),
    ):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            probe = folder / f".probe-{os.getpid()}"
            probe.write_bytes(b"")
            probe.unlink()
        except OSError as error:
            raise NotReady(
                _(
                    "The folder %(folder)s cannot be written: %(reason)s. Nothing was changed. Make it writable, "
                    "or keep Newsroom's data elsewhere: make run NEWSROOM_VAR=/another/folder"
                )
                % {"folder": folder, "reason": error.strerror}
            ) from error
    # Accounts, unpublished stories and the signing key lie here.
    var.chmod(0o700)


def only_one(var: Path) -> IO[str]:
    """Take the data folder for this process; raise NotReady when another try-out runs on it.

    Keep the returned file open: the lock goes with it, and with the process however it ends.
    """
    file = (var / "runall.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        where = file.read().strip() or _("an unknown address")
        file.close()
        raise NotReady(
            _(
                "A Newsroom already runs on %(folder)s, at %(address)s. Use that one, stop it with Ctrl-C in its "
                "terminal, or start a second one on data of its own: make run PORT=8001 NEWSROOM_VAR=/another/folder"
            )
            % {"folder": var, "address": where}
        ) from error
    return file


def spoken(host: str) -> str:
    """`host` as a person types it into a browser here."""
    if host in LOOPBACK | EVERY:
        return "localhost"
    return f"[{host}]" if ":" in host else host


def own_names(host: str) -> list[str]:
    """Under which names the try-out may be asked for (ALLOWED_HOSTS) when it listens on `host`."""
    names = ["localhost", "127.0.0.1", "[::1]"]
    if host in LOOPBACK:
        return names
    names.append(socket.gethostname())
    if host not in EVERY:
        return [*names, spoken(host)]
    return list(dict.fromkeys([*names, *_addresses()]))


def _addresses() -> list[str]:
    found = []
    # Connecting a datagram socket sends nothing; it only asks which of our addresses the way out would use.
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as probe:
                probe.connect((far, 9))
                address = probe.getsockname()[0]
        except OSError:
            continue
        found.append(f"[{address}]" if ":" in address else address)
    return found


def answers(host: str, port: int) -> bool:
    """Whether something listens there by now."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    try:
        with socket.create_connection((target, port), timeout=0.5):
            return True
    except OSError:
        return False


def terminal_language() -> str:
    """The language of the terminal: Chinese where it says so, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "zh-hans" if os.environ[name].lower().startswith("zh") else "en"
    return "en"
