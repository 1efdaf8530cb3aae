"""The cache in front, with the delivered configuration: what it keeps, for how long, and what it never keeps."""

import contextlib
import gzip
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newsroom import purge
from tests.processes import until
from tests.stack import PURGE_KEY, Nginx

pytestmark = [pytest.mark.nginx, pytest.mark.once]

HOST = "wangchao.example"
STORY = "/wangchao/story/7/"
PUBLIC = {"Cache-Control": "public, max-age=60, stale-if-error=600", "Vary": "Accept-Encoding"}
SHORT = {"Cache-Control": "public, max-age=1, stale-if-error=600", "Vary": "Accept-Encoding"}
GONE = {"Cache-Control": "public, max-age=1", "Vary": "Accept-Encoding"}


@dataclass
class Behind:
    """A web server whose answers the test sets; it remembers what it was asked."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: dict(PUBLIC))
    body: str = "望潮港迎来首航"
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    server: ThreadingHTTPServer | None = None
    hold: threading.Event | None = None
    connections: list[socket.socket] = field(default_factory=list)

    def open(self, port: int = 0) -> None:
        behind = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                super().setup()
                behind.connections.append(self.connection)

            def do_GET(self) -> None:
                behind.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                if behind.hold is not None:
                    behind.hold.wait(10)
                body = behind.body.encode()
                headers = dict(behind.headers)
                if "gzip" in self.headers.get("Accept-Encoding", ""):
                    body = gzip.compress(body)
                    headers["Content-Encoding"] = "gzip"
                self.send_response(behind.status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_POST = do_HEAD = do_GET

            def log_message(self, *args: object) -> None:
                pass

        ThreadingHTTPServer.daemon_threads = True
        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def port(self) -> int:
        assert self.server is not None
        return int(self.server.server_address[1])

    def close(self) -> None:
        if self.server is not None:
            self.server.shutdown()
            self.server.server_close()
            self.server = None
        # nginx keeps connections open; a server that is down has none.
        while self.connections:
            with contextlib.suppress(OSError):
                self.connections.pop().shutdown(socket.SHUT_RDWR)


@pytest.fixture
def behind() -> Iterator[Behind]:
    server = Behind()
    server.open()
    yield server
    server.close()


@pytest.fixture
def cache(behind: Behind, nginx_path: str, tmp_path: Path) -> Iterator[Nginx]:
    for name in ("static", "media", "private"):
        (tmp_path / name).mkdir()
    (tmp_path / "static" / "site.0123abcd.css").write_text("p { text-indent: 2em }" * 100)
    (tmp_path / "media" / "f00d.jpg").write_bytes(b"\xff\xd8 a rendition")
    (tmp_path / "private" / "original.jpg").write_bytes(b"an original")
    (tmp_path / "media" / "link.jpg").symlink_to(tmp_path / "private" / "original.jpg")
    folder = tmp_path / "nginx"
    folder.mkdir()
    server = Nginx(
        folder,
        nginx_path,
        upstream=behind.port,
        static=tmp_path / "static",
        media=tmp_path / "media",
        host=HOST,
    )
    server.write()
    server.start()
    yield server
    server.stop_all()


def after_a_second(cache: Nginx, path: str, status: int) -> None:
    """Wait until the copy of one second is over and the answer is `status`."""
    until(lambda: cache.get(path).status == status, 4, f"{status} for {path}")


def test_the_delivered_configuration_is_one(cache: Nginx) -> None:
    tested = cache.test()
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr


def test_a_public_page_is_fetched_once_and_then_answered_from_the_cache(cache: Nginx, behind: Behind) -> None:
    first, second = cache.get(STORY), cache.get(STORY)
    assert (first.text if "gzip" not in first.headers.get("Content-Encoding", "") else "") == behind.body
    assert second.body == first.body
    assert second.headers["X-Newsroom-Cache"] == "HIT"
    assert len(behind.asked) == 1


def test_the_compressed_copy_is_kept_and_serves_readers_with_and_without_gzip(
    cache: Nginx, behind: Behind
) -> None:
    packed = cache.get(STORY, Accept_Encoding="gzip, deflate, br")
    plain = cache.get(STORY, Accept_Encoding="identity")
    other = cache.get(STORY, Accept_Encoding="gzip;q=1.0, zstd")
    assert (
        gzip.decompress(packed.body).decode()
        == plain.text
        == gzip.decompress(other.body).decode()
        == behind.body
    )
    assert len(behind.asked) == 1


def test_a_withdrawn_page_is_gone_when_its_second_is_over(cache: Nginx, behind: Behind) -> None:
    behind.headers = SHORT
    assert cache.get(STORY).status == 200
    behind.status, behind.headers, behind.body = 410, GONE, "gone"
    after_a_second(cache, STORY, 410)
    assert cache.get(STORY).status == 410


def test_a_purge_replaces_the_kept_page_by_410_at_once(
    cache: Nginx, behind: Behind, settings: object
) -> None:
    assert cache.get(STORY, Accept_Encoding="gzip").status == 200
    behind.status, behind.headers, behind.body = 410, GONE, "gone"
    assert cache.get(STORY).status == 200, "the page should still be kept for its minute"
    tell(settings, cache)
    purge.refresh([STORY])
    assert cache.get(STORY).status == 410
    assert cache.get(STORY, Accept_Encoding="gzip").status == 410
    after_a_second(cache, STORY, 410)


def tell(settings: object, cache: Nginx) -> None:
    settings.NEWSROOM_PURGE_URL = cache.url  # type: ignore[attr-defined]
    settings.NEWSROOM_PURGE_KEY = PURGE_KEY  # type: ignore[attr-defined]
    settings.NEWSROOM_PURGE_HOST = HOST  # type: ignore[attr-defined]


def test_a_purge_says_which_addresses_it_could_not_reach(settings: object, cache: Nginx) -> None:
    tell(settings, cache)
    cache.stop("nginx")
    with pytest.raises(purge.PurgeFailed) as failed:
        purge.refresh([STORY, STORY, "/"])
    assert failed.value.paths == [STORY, "/"]


def test_a_wrong_key_refreshes_nothing_and_the_key_never_goes_further(cache: Nginx, behind: Behind) -> None:
    cache.get(STORY)
    for key in ("", "wrong", PURGE_KEY[:-1], PURGE_KEY.upper()):
        assert cache.get(STORY, X_Newsroom_Purge=key).headers["X-Newsroom-Cache"] == "HIT"
    cache.get(STORY, X_Newsroom_Purge=PURGE_KEY)
    assert len(behind.asked) == 2
    assert all("x-newsroom-purge" not in headers for _, headers in behind.asked)


def test_a_warmed_page_answers_while_everything_behind_is_down(cache: Nginx, behind: Behind) -> None:
    behind.headers = SHORT
    cache.get(STORY)
    behind.close()
    until(lambda: cache.get(STORY).headers["X-Newsroom-Cache"] == "STALE", 4, "a stale answer")
    answer = cache.get(STORY, Accept_Encoding="identity")
    assert (answer.status, answer.text) == (200, behind.body)


def test_a_warmed_page_answers_no_longer_than_it_may(cache: Nginx, behind: Behind) -> None:
    behind.headers = {**SHORT, "Cache-Control": "public, max-age=1, stale-if-error=1"}
    assert cache.get(STORY).status == 200
    behind.close()
    until(lambda: cache.get(STORY).status == 502, 6, "the end of the stale copy")


def test_a_page_without_a_stated_bound_is_never_served_stale(cache: Nginx, behind: Behind) -> None:
    behind.headers = {"Cache-Control": "public, max-age=1"}
    assert cache.get(STORY).status == 200
    behind.close()
    until(lambda: cache.get(STORY).status == 502, 6, "the end of the copy")


@pytest.mark.parametrize("status", [404, 410, 403])
def test_an_answer_that_takes_the_page_away_is_never_covered_by_the_stale_copy(
    cache: Nginx, behind: Behind, status: int
) -> None:
    behind.headers = SHORT
    assert cache.get(STORY).status == 200
    behind.status, behind.headers, behind.body = status, GONE, "away"
    after_a_second(cache, STORY, status)
    behind.close()
    until(lambda: cache.get(STORY).status == 502, 6, "the end of the copy")
    assert cache.get(STORY).status == 502, "the withdrawn page came back"


@pytest.mark.parametrize("status", [404, 410])
def test_a_missing_page_is_kept_for_a_second_and_not_longer(
    cache: Nginx, behind: Behind, status: int
) -> None:
    behind.status, behind.headers = status, {"Vary": "Accept-Encoding"}
    assert cache.get(STORY).status == status
    behind.status, behind.headers = 200, PUBLIC
    after_a_second(cache, STORY, 200)


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "private, no-store"},
        {"Cache-Control": "no-cache"},
        {**PUBLIC, "Set-Cookie": "sessionid=secret"},
        {**PUBLIC, "Vary": "Cookie"},
        {**PUBLIC, "Vary": "Accept-Encoding, Cookie"},
        {**PUBLIC, "Vary": "*"},
        {},
    ],
    ids=["no-store", "no-cache", "cookie", "vary-cookie", "vary-both", "vary-any", "nothing-said"],
)
def test_what_is_not_for_everybody_is_never_kept(
    cache: Nginx, behind: Behind, headers: dict[str, str]
) -> None:
    behind.headers = headers
    cache.get(STORY)
    cache.get(STORY)
    assert len(behind.asked) == 2


def test_the_desk_is_never_kept_and_keeps_its_cookies(cache: Nginx, behind: Behind) -> None:
    for _ in range(2):
        assert cache.get("/admin/articles/", Cookie="sessionid=a").status == 200
    assert [headers["cookie"] for _, headers in behind.asked] == ["sessionid=a", "sessionid=a"]


def test_public_pages_are_asked_for_without_cookies(cache: Nginx, behind: Behind) -> None:
    cache.get(STORY, Cookie="sessionid=a")
    assert "cookie" not in behind.asked[0][1]


def test_preview_headers_do_not_poison_the_cache(cache: Nginx, behind: Behind) -> None:
    cache.get(STORY, X_Forwarded_Host="evil.example", X_Forwarded_Proto="gopher", X_Original_URL="/admin/")
    headers = behind.asked[0][1]
    assert headers["host"] == HOST
    assert "x-forwarded-host" not in headers
    assert headers["x-forwarded-proto"] == "http"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", f"{HOST}.evil.example"])
def test_a_forged_host_gets_no_answer(cache: Nginx, behind: Behind, host: str) -> None:
    with pytest.raises(OSError):
        cache.get(STORY, host=host)
    assert not behind.asked


def test_the_readers_address_is_set_and_not_appended(cache: Nginx, behind: Behind) -> None:
    cache.get(
        "/admin/login/", X_Forwarded_For="203.0.113.9", X_Real_IP="203.0.113.9", Forwarded="for=203.0.113.9"
    )
    headers = behind.asked[0][1]
    assert headers["x-forwarded-for"] == headers["x-real-ip"] == "127.0.0.1"
    assert "forwarded" not in headers


def test_many_readers_of_a_cold_page_cost_one_request(cache: Nginx, behind: Behind) -> None:
    behind.hold = threading.Event()
    answers: list[int] = []
    readers = [threading.Thread(target=lambda: answers.append(cache.get(STORY).status)) for _ in range(8)]
    for reader in readers:
        reader.start()
    until(lambda: behind.asked, 5, "the first request")
    behind.hold.set()
    for reader in readers:
        reader.join(10)
    assert answers == [200] * 8
    assert len(behind.asked) == 1


def test_static_files_and_renditions_come_from_disk(cache: Nginx, behind: Behind) -> None:
    style = cache.get("/static/site.0123abcd.css", Accept_Encoding="gzip")
    assert style.status == 200
    assert "immutable" in style.headers["Cache-Control"]
    assert style.headers["Content-Encoding"] == "gzip"
    picture = cache.get("/media/f00d.jpg")
    assert (picture.status, picture.headers["X-Content-Type-Options"]) == (200, "nosniff")
    for file in (style, picture):
        assert file.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not behind.asked


def test_pages_come_as_what_they_are_and_are_kept_as_briefly_as_photos(
    cache: Nginx, behind: Behind, tmp_path: Path
) -> None:
    name = "g/ab/" + "ab" * 16
    (tmp_path / "media" / "g" / "ab").mkdir(parents=True)
    for ending, kind in (
        (".pdf", "application/pdf"),
        ("-960.webp", "image/webp"),
        ("-960.jpg", "image/jpeg"),
    ):
        (tmp_path / "media" / (name + ending)).write_bytes(b"a printed page")
        answer = cache.get(f"/media/{name}{ending}")
        assert (answer.status, answer.headers["Content-Type"]) == (200, kind)
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        # A withdrawn page's file has another name from then on; what is not there is not there at once.
        (tmp_path / "media" / (name + ending)).unlink()
        assert cache.get(f"/media/{name}{ending}").status == 404
    assert not behind.asked


def test_the_log_says_what_was_asked_and_what_it_cost(cache: Nginx, behind: Behind) -> None:
    cache.get(STORY)
    cache.get(STORY)
    line = r'127\.0\.0\.1 \[\S+\] "GET /wangchao/story/7/ HTTP/1\.1" 200 \d+ \d+\.\d+ {} {}\n'
    for time, said in ((r"\d+\.\d+", "MISS"), ("-", "HIT")):
        wanted = re.compile(line.format(time, said))
        until(lambda wanted=wanted: wanted.search(cache.log("nginx")), 5, f"a line of the log with {said}")


@pytest.mark.parametrize(
    "path",
    [
        "/media/",
        "/static/",
        "/media/../private/original.jpg",
        "/media/..%2fprivate/original.jpg",
        "/media../private/original.jpg",
        "/media/link.jpg",
        "/media/.incoming/half-written",
        "/private/original.jpg",
    ],
)
def test_no_listing_and_no_way_to_an_original(cache: Nginx, behind: Behind, path: str) -> None:
    behind.status, behind.body = 404, "nothing"
    answer = cache.get(path)
    assert answer.status in {400, 403, 404}
    assert b"original" not in answer.body


def test_nothing_is_written_into_media(cache: Nginx) -> None:
    assert cache.get("/media/f00d.jpg", method="PUT").status in {403, 405}


def test_readiness_is_not_told_to_the_world(cache: Nginx, behind: Behind) -> None:
    assert cache.get("/readyz").status == 404
    assert cache.get("/healthz").status == 200
    assert [path for path, _ in behind.asked] == ["/healthz"]


def test_an_upload_beyond_the_limit_is_refused_before_it_is_read(cache: Nginx, behind: Behind) -> None:
    answer = cache.get("/admin/upload/", method="POST", Content_Length=str(65 * 1024 * 1024))
    assert answer.status == 413
    assert not behind.asked
