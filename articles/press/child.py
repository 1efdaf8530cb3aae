"""The process that opens strangers' PDFs: `python -m articles.press.child`, a request on stdin, an answer on stdout.

It takes its limits on itself before it loads a PDF library, has no database, no secret and no way to the broker, and
may die: the one who started it lives on and says so. Pure: no Django.

    {"task": "survey", "path": …, "folder": …, "memory": bytes, "seconds": n}   what pages there are, with thumbnails
    {"task": "page", "number": 0, "texts": {"story id": text}, …}    everything of one page
    → {"refused": code, "values": {…}} or {"pages": […]} or {"page": {…}}
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

# What a child may write in one file.
LARGEST_FILE = 300 * 1024 * 1024


def main() -> None:
    request = json.load(sys.stdin)
    limit(request["memory"], request["seconds"])
    # Not before the limits stand.
    from articles.press.content import TooMuch  # noqa: PLC0415
    from articles.press.opening import Refused  # noqa: PLC0415

    try:
        answer = survey(request) if request["task"] == "survey" else whole_page(request)
    except Refused as refused:
        answer = {"refused": refused.code, "values": refused.values}
    except TooMuch as much:
        answer = {"refused": str(much), "values": {}}
    json.dump(answer, sys.stdout)


def limit(memory: int, seconds: int) -> None:
    """Address space, processor time, size of files, no core dumps: the kernel holds these, whatever a PDF does."""
    for what, soft in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 128),
    ):
        _soft, hard = resource.getrlimit(what)
        allowed = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
        resource.setrlimit(what, (allowed, allowed))


def survey(request: dict[str, Any]) -> dict[str, Any]:
    """What pages the file has: for each its size, the words at its edges, how many characters, a thumbnail."""
    from articles.press.cleaning import clean_page  # noqa: PLC0415
    from articles.press.opening import opened, page_of  # noqa: PLC0415
    from articles.press.pictures import write_thumbnail  # noqa: PLC0415
    from articles.press.reading import edges  # noqa: PLC0415

    document = opened(Path(request["path"]))
    pages = []
    for number in range(len(document)):
        page_of(document, number)
        page = clean_page(document, number)[0]
        file = f"{number}.jpg"
        write_thumbnail(page, Path(request["folder"]) / file)
        pages.append({"number": number, "edges": edges(page), "thumbnail": file})
    return {"pages": pages}


def whole_page(request: dict[str, Any]) -> dict[str, Any]:
    """Clean PDF, pictures, text and proposed areas of one page."""
    from articles.press.cleaning import clean_page, save  # noqa: PLC0415
    from articles.press.opening import opened, page_of  # noqa: PLC0415
    from articles.press.pictures import write_pictures  # noqa: PLC0415
    from articles.press.reading import propose, read  # noqa: PLC0415

    folder, number = Path(request["folder"]), request["number"]
    document = opened(Path(request["path"]))
    page_of(document, number)
    clean = clean_page(document, number)
    save(clean, folder / "page.pdf")
    page = clean[0]
    memory = read(page)
    texts = {int(story): text for story, text in request["texts"].items()}
    return {
        "page": {
            "memory": memory,
            "areas": propose(memory, texts),
            "pictures": [made.row() for made in write_pictures(page, folder)],
        }
    }


if __name__ == "__main__":
    main()
