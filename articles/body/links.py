"""Which addresses a link may have. Our own rule: nh3 alone lets `//evil.example` through."""

import re

MAX_LENGTH = 2000
# No user name before the host (`https://bank.example@evil.example`), and nothing that browsers mend silently.
_WEB = re.compile(r"(https?)(://(?:[\w.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:[/?#].*)?)", re.IGNORECASE)
_MAIL = re.compile(r"(mailto)(:[^\s@?&/:,;%]+@[\w.-]+)", re.IGNORECASE)
_FORBIDDEN = frozenset('\\<>"`{}|^')


def safe_href(value: str) -> str | None:
    """The address as it may be printed, or None.

    Only absolute http and https addresses and plain mail addresses are taken. A relative link means something
    else on the desk, on the site, in a feed and in print, so there is none.
    """
    value = value.strip(" \t\n\r\f")
    # isprintable: no control, format (bidi, zero-width), private or unassigned character, one kind of space.
    if len(value) > MAX_LENGTH or " " in value or not value.isprintable() or not _FORBIDDEN.isdisjoint(value):
        return None
    match = _WEB.fullmatch(value) or _MAIL.fullmatch(value)
    return match.group(1).lower() + match.group(2) if match else None
