"""Every public address. A new one needs a rule in tests/site/test_access.py."""

from typing import Any

from django.urls import URLPattern, path

from articles.site import converters, front, lists, newspaper, preview, search, signs, sitemaps, story
from articles.site.feeds import views as feeds

converters.register()

app_name = "site"


def feed(where: str, view: Any, name: str) -> list[URLPattern]:
    """A feed's two addresses: feed.atom, and feed.json under the same name with `_json`."""
    return [
        path(f"{where}feed.atom", view, {"form": "atom"}, name=name),
        path(f"{where}feed.json", view, {"form": "json"}, name=f"{name}_json"),
    ]


urlpatterns = [
    path("", front.front, name="home"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("favicon.ico", signs.favicon, name="favicon"),
    path("preview/<token:token>/", preview.preview, name="preview"),
    path("<slug:slug>/", front.front, name="front"),
    path("<slug:slug>/section/<key:section_id>/", lists.section, name="section"),
    path("<slug:slug>/story/<key:article_id>/", story.story, name="story"),
    path("<slug:slug>/reporter/<key:reporter_id>/", lists.reporter, name="reporter"),
    path("<slug:slug>/layout/", newspaper.archive, name="archive"),
    path("<slug:slug>/layout/<day:day>/", newspaper.issue, name="issue"),
    path("<slug:slug>/layout/<day:day>/<edition:edition>/", newspaper.issue, name="issue"),
    path("<slug:slug>/layout/<day:day>/node_<page_code:code>.html", newspaper.issue_page, name="page"),
    path(
        "<slug:slug>/layout/<day:day>/<edition:edition>/node_<page_code:code>.html",
        newspaper.issue_page,
        name="page",
    ),
    path(
        "<slug:slug>/content/<day:day>/content_<key:article_id>.html",
        story.printed_story,
        name="printed_story",
    ),
    path(
        "<slug:slug>/content/<day:day>/<edition:edition>/content_<key:article_id>.html",
        story.printed_story,
        name="printed_story",
    ),
    path("<slug:slug>/search/", search.search, name="search"),
    path("<slug:slug>/opensearch.xml", search.description, name="opensearch"),
    *feed("<slug:slug>/", feeds.of_paper, "feed"),
    *feed("<slug:slug>/section/<key:section_id>/", feeds.of_section, "section_feed"),
    *feed("<slug:slug>/reporter/<key:reporter_id>/", feeds.of_reporter, "reporter_feed"),
    *feed("<slug:slug>/layout/", feeds.of_newest_issue, "issues_feed"),
    *feed("<slug:slug>/layout/<day:day>/", feeds.of_issue, "issue_feed"),
    *feed("<slug:slug>/layout/<day:day>/<edition:edition>/", feeds.of_issue, "issue_feed"),
    path("<slug:slug>/manifest.webmanifest", signs.manifest, name="manifest"),
    path("<slug:slug>/card.png", signs.share_card, name="share_card"),
    path("<slug:slug>/sitemap.xml", sitemaps.lists, name="sitemap_pages"),
    path("<slug:slug>/news.xml", sitemaps.news, name="sitemap_news"),
    path("<slug:slug>/sitemap-<month:month>.xml", sitemaps.month, name="sitemap_month"),
]
