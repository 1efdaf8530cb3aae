"""Behind the proxy: whose address it is, and how long a page may outlive us."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from newsroom.proxy import ReaderAddress, StaleIfError

pytestmark = pytest.mark.once


def seen(rf: RequestFactory, **headers: str) -> tuple[str, str | None]:
    request = rf.get("/", REMOTE_ADDR="10.0.0.2", **headers)  # type: ignore[arg-type]
    ReaderAddress(lambda request: HttpResponse())(request)
    return request.META["REMOTE_ADDR"], request.META.get("HTTP_X_FORWARDED_FOR")


def test_the_address_is_the_one_the_proxy_set(rf: RequestFactory) -> None:
    assert seen(rf, HTTP_X_REAL_IP="203.0.113.9", HTTP_X_FORWARDED_FOR="198.51.100.1, 203.0.113.9") == (
        "203.0.113.9",
        None,
    )
    assert seen(rf, HTTP_X_REAL_IP="2001:db8::7")[0] == "2001:db8::7"


@pytest.mark.parametrize("forged", ["", "unknown", "203.0.113.9, 1.2.3.4", "<script>", "203.0.113.9\x00"])
def test_what_is_no_address_changes_nothing(rf: RequestFactory, forged: str) -> None:
    assert seen(rf, HTTP_X_REAL_IP=forged)[0] == "10.0.0.2"


def cache_control(given: str, status: int) -> str:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=status, headers={"Cache-Control": given})

    return str(StaleIfError(view)(HttpRequest()).headers["Cache-Control"])


def test_a_public_page_says_how_long_it_may_be_served_stale(settings: Settings) -> None:
    settings.STALE_SECONDS = 600
    assert cache_control("public, max-age=60", 200) == "public, max-age=60, stale-if-error=600"


@pytest.mark.parametrize(
    ("given", "status"), [("private, no-store", 200), ("public, max-age=1", 404), ("public, max-age=1", 410)]
)
def test_nothing_else_does(settings: Settings, given: str, status: int) -> None:
    settings.STALE_SECONDS = 600
    assert cache_control(given, status) == given


def test_zero_turns_it_off(settings: Settings) -> None:
    settings.STALE_SECONDS = 0
    assert cache_control("public, max-age=60", 200) == "public, max-age=60"
