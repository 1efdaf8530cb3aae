"""What Mozilla's Observatory looks for, on every kind of answer, of the paper and of the desk."""

import pytest
from django.conf import settings as configured
from django.test import Client, override_settings
from django.urls import reverse

from articles.desk.preview import preview_token
from tests.cast import PASSWORD, Cast

# Observatory gives its full score for these; `unsafe-*` and wildcards cost it.
HTTPS = override_settings(SECURE_HSTS_SECONDS=31_536_000)


def policy(answer: object) -> dict[str, list[str]]:
    text = answer["Content-Security-Policy"]  # type: ignore[index]
    found = {}
    for part in text.split("; "):
        name, *sources = part.split(" ")
        assert name not in found, f"{name} twice"
        found[name] = sources
    return found


def answers(cast: Cast) -> dict[str, object]:
    """An answer of each kind, over HTTPS."""
    reader, editor, author = Client(), Client(), Client()
    editor.force_login(cast.chief)
    author.force_login(cast.reporter)
    story, gone = cast.live(), cast.withdrawn("老码头灯光亮起")

    def get(who: Client, path: str) -> object:
        return who.get(path, secure=True)

    slug = cast.publication.slug
    return {
        "front": get(reader, "/"),
        "story": get(reader, reverse("site:story", args=[slug, story.pk])),
        "feed": get(reader, f"/{slug}/feed.atom"),
        "map": get(reader, "/sitemap.xml"),
        "card": get(reader, f"/{slug}/card.png"),
        "404": get(reader, "/nothing/"),
        "410": get(reader, reverse("site:story", args=[slug, gone.pk])),
        "400": reader.get("/", secure=True, headers={"host": "evil.example"}),
        "405": reader.post("/", secure=True),
        "preview": get(reader, reverse("site:preview", args=[preview_token(cast.draft())])),
        "healthz": get(reader, "/healthz"),
        "login": get(reader, "/admin/login/"),
        "to the login": get(reader, "/admin/"),
        "workbench": get(editor, "/admin/"),
        "list": get(editor, "/admin/articles/article/"),
        "story form": get(author, f"/admin/articles/article/{cast.draft().pk}/change/"),
        "403": get(editor, "/admin/auth/user/"),
    }


@HTTPS
def test_every_answer_is_protected(cast: Cast) -> None:
    for name, answer in answers(cast).items():
        assert answer["Strict-Transport-Security"].startswith("max-age=31536000"), name  # type: ignore[index]
        assert answer["X-Content-Type-Options"] == "nosniff", name  # type: ignore[index]
        assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}, name  # type: ignore[index]
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", name  # type: ignore[index]
        assert "camera=()" in answer["Permissions-Policy"], name  # type: ignore[index]
        shown_elsewhere = name in {"card", "feed"}
        expected = "cross-origin" if shown_elsewhere else "same-origin"
        assert answer["Cross-Origin-Resource-Policy"] == expected, name  # type: ignore[index]
        found = policy(answer)
        assert found["default-src"] == found["base-uri"] == ["'none'"], name
        assert found["script-src"] == found["form-action"] == ["'self'"], name
        loose = {source for sources in found.values() for source in sources} & {
            "*",
            "https:",
            "http:",
            "data:",
        }
        assert loose <= {"data:"}, name
        # Only where the body editor stands, and only for its styles.
        unsafe = {kind for kind, sources in found.items() if any("unsafe" in source for source in sources)}
        assert unsafe == ({"style-src"} if name == "story form" else set()), name


def test_no_page_stands_in_another_sites_frame(cast: Cast) -> None:
    for name, answer in answers(cast).items():
        assert policy(answer)["frame-ancestors"] in (["'none'"], ["'self'"]), name


def test_the_desk_is_in_no_index_and_the_paper_is(cast: Cast) -> None:
    found = answers(cast)
    for name in ("login", "to the login", "workbench", "list", "403", "preview"):
        assert "noindex" in found[name]["X-Robots-Tag"], name  # type: ignore[index]
    for name in ("front", "story", "feed", "map"):
        assert not found[name].has_header("X-Robots-Tag"), name  # type: ignore[attr-defined]


def test_no_script_reads_a_cookie_of_the_desk(cast: Cast) -> None:
    client = Client()
    client.get("/admin/login/")
    client.post("/admin/login/", {"username": "reporter", "password": PASSWORD})
    assert {"csrftoken", "sessionid"} <= set(client.cookies)
    for cookie in client.cookies.values():
        if cookie.key in {"csrftoken", "sessionid"}:
            assert cookie["httponly"], cookie.key
            assert cookie["samesite"] == "Lax", cookie.key


@pytest.mark.once
def test_the_headers_are_set_before_anything_else_can_answer() -> None:
    """A middleware that answers by itself, above them in the list, would answer without them."""
    order = configured.MIDDLEWARE
    assert order.index("newsroom.middleware.ProtectiveHeaders") < order.index(
        "django.middleware.http.ConditionalGetMiddleware"
    )
