"""How well stories are found on printed pages, at length: `python -m tests.press.bench`. The tests try a part of it."""

import time

from playwright.sync_api import sync_playwright

from tests import requires
from tests.press import corpus
from tests.press.scores import score


def main() -> None:
    own = [page for seed in range(1, 9) for page in corpus.own_pages(seed)]
    with sync_playwright() as playwright:
        flags = ["--headless", "--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=requires.chromium_path(), args=flags)
        foreign = [corpus.foreign_page(browser, seed, style) for seed in range(3) for style in corpus.STYLES]
        browser.close()
    for name, pages in (("own pages with jumps", own), ("pages set by Chromium", foreign)):
        for wrong in (0.0, 0.02, 0.05, 0.1):
            started = time.perf_counter()
            found = score(pages, wrong)
            seconds = (time.perf_counter() - started) / len(pages)
            print(f"{name}, {wrong:.0%} of characters wrong: {found}; {seconds:.2f} s a page")
        print(f"{name}, every story of the corpus offered: {score(pages, everything=True)}")


if __name__ == "__main__":
    main()
