"""Another process at the same work, killed where a test says: `python -m tests.press.child make 3 files.place 2`."""

import os
import signal
import sys
from importlib import import_module
from typing import Any


def die_at(name: str, count: int) -> None:
    """Be killed when this function is called the `count`-th time, before it does anything."""
    module_name, function = name.rsplit(".", 1)
    module = import_module(module_name)
    left = [count]
    original = getattr(module, function)

    def deadly(*args: Any, **kwargs: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return original(*args, **kwargs)

    setattr(module, function, deadly)


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    django.setup()
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = os.environ["NEWSROOM_TEST_DATABASE"]
    from articles.press import work

    verb, pk, function, count = sys.argv[1:5]
    die_at(function, int(count))
    getattr(work, verb)(int(pk))


if __name__ == "__main__":
    main()
