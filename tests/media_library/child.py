"""A process that renders or rotates one photo and is stopped at a chosen point, as by `kill -9` or a full disk.

`python -m tests.media_library.child render|rotate PHOTO_ID FUNCTION N`: the Nth call of FUNCTION (`module.name`) is
this process's last. `python -m tests.media_library.child full-disk PHOTO_ID BYTES`: no file may grow beyond BYTES
while renditions are made (the database's files may).
"""

import importlib
import os
import resource
import signal
import sys

import django


def die_at(function: str, count: int) -> None:
    module_name, name = function.rsplit(".", 1)
    module = importlib.import_module(f"media_library.{module_name}")
    real, calls = getattr(module, name), iter(range(1, count + 1))

    def last_call(*args: object, **options: object) -> object:
        if next(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **options)

    setattr(module, name, last_call)


def fill_disk(limit: int) -> None:
    from media_library import renditions

    real = renditions._make

    def make(*args: object) -> object:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            return real(*args)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))

    renditions._make = make


def main(verb: str, photo_id: str, *options: str) -> None:
    django.setup()
    from media_library.renditions import render
    from media_library.rotation import rotate

    if verb == "full-disk":
        fill_disk(int(options[0]))
    else:
        die_at(options[0], int(options[1]))
    print(rotate(int(photo_id)) if verb == "rotate" else render(int(photo_id)))


if __name__ == "__main__":
    main(*sys.argv[1:])
