"""Every public address. A new one needs a rule in tests/site/test_access.py."""

from django.urls import path

from articles.site import converters, feeds, front, lists, newspaper, preview, search, sitemaps, story

converters.register()

app_name = "site"

urlpatterns = [
    path("", front.front, name="home"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
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
    path("<slug:slug>/feed.atom", feeds.feed, name="feed"),
    path("<slug:slug>/sitemap.xml", sitemaps.lists, name="sitemap_pages"),
    path("<slug:slug>/sitemap-<month:month>.xml", sitemaps.month, name="sitemap_month"),
]
