"""What comes out of `sanitise`: canonical, with all its text."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.body import BodyError, characters, plain_text, sanitise

CANONICAL = [
    "",
    "<p>望潮港昨日开港。</p>",
    "<p>一</p>\n<h2>潮起</h2>\n<h3>渔歌</h3>\n<p>二</p>",
    "<blockquote><p>“风浪再大也要出海。”</p><p>林海生说。</p></blockquote>",
    "<ul><li>鱼</li><li>虾</li></ul>\n<ol><li>蟹</li></ol>",
    "<ul><li>鱼</li></ul>\n<ul><li>虾</li></ul>",
    "<blockquote><p>甲</p></blockquote>\n<blockquote><p>乙</p></blockquote>",
    '<p>前</p>\n<figure data-photo="12"></figure>\n<p>后</p>',
    '<p><a href="https://wangchao.example/a?x=1&amp;y=2"><strong>望</strong>潮</a></p>',
    '<p><a href="mailto:desk@wangchao.example">来信</a></p>',
    "<p>H<sub>2</sub>O，10<sup>3</sup>，<strong>粗<em>斜</em></strong></p>",
    "<p>一<br>二</p>",
    "<p>1 &lt; 2 &amp; 3 &gt; 2</p>",
    "<p>高　洁</p>",
]


@pytest.mark.parametrize("html", CANONICAL)
def test_canonical_html_stays_as_it_is(html: str) -> None:
    assert sanitise(html) == html


@pytest.mark.parametrize(
    ("given_html", "stored"),
    [
        ("<b>粗</b><i>斜</i>", "<p><strong>粗</strong><em>斜</em></p>"),
        ("<div>一</div><section>二</section>", "<p>一</p>\n<p>二</p>"),
        ("<h1>一</h1><h4>二</h4><h6>三</h6>", "<h2>一</h2>\n<h3>二</h3>\n<h3>三</h3>"),
        ("散<p>一</p>散", "<p>散</p>\n<p>一</p>\n<p>散</p>"),
        ("<p>&nbsp;</p><p> \u200b</p><h2></h2><ul><li></li></ul><blockquote></blockquote>", ""),
        ("<p>&nbsp; 一&nbsp;&nbsp; 二\n三 </p>", "<p>一 二 三</p>"),
        ("<p>　　一　二　</p>", "<p>一　二</p>"),
        ("<p>一<br><br>二<br>三<br></p>", "<p>一</p>\n<p>二<br>三</p>"),
        (
            "<ul><li><p>一</p><p>二</p></li><li>三<ul><li>四</li></ul></li></ul>",
            "<ul><li>一<br>二</li><li>三</li><li>四</li></ul>",
        ),
        ("<li>一<li>二", "<ul><li>一</li><li>二</li></ul>"),
        ("<ul>散<li>一</li></ul>", "<ul><li>散</li><li>一</li></ul>"),
        ("<table><tr><td>一<td>二<tr><td>三</table>", "<p>一 二</p>\n<p>三</p>"),
        ("<pre>一\n二</pre>", "<p>一<br>二</p>"),
        ("<p>一</br>二</p>", "<p>一<br>二</p>"),
        ("<p><b>一</p><p>二", "<p><strong>一</strong></p>\n<p>二</p>"),
        ("<b><p>一</p><p>二</p></b>", "<p><strong>一</strong></p>\n<p><strong>二</strong></p>"),
        ("<b>一<i>二</b>三</i>", "<p><strong>一<em>二</em></strong>三</p>"),
        ("<p>一<b> </b>二</p>", "<p>一 二</p>"),
        (
            "<p>一<figure data-photo=7><figcaption>说明</figcaption></figure>二",
            '<p>一</p>\n<figure data-photo="7"></figure>\n<p>说明</p>\n<p>二</p>',
        ),
        (
            "<blockquote>一<h2>二</h2>三</blockquote>",
            "<blockquote><p>一</p></blockquote>\n<h2>二</h2>\n<blockquote><p>三</p></blockquote>",
        ),
        ("<sub><sup>上</sup></sub>", "<p><sup>上</sup></p>"),
        (
            "<span style='color:red'>一</span><font>二</font><u>三</u><svg><text>四</text></svg>",
            "<p>一二三四</p>",
        ),
        (
            "<p>3 < 5 <3 &lt;b&gt; & &copy; &notanentity;</p>",
            "<p>3 &lt; 5 &lt;3 &lt;b&gt; &amp; © ¬anentity;</p>",
        ),
        ("<p>\x00一\x0b\ud800\uffff</p>", "<p>一</p>"),
    ],
)
def test_whatever_it_came_in_the_text_ends_up_in_a_known_block(given_html: str, stored: str) -> None:
    assert sanitise(given_html) == stored


@pytest.mark.parametrize(
    "photo", ["", "0", "012", "-1", "1.5", "１２", "1 2", "12abc", "9" * 19, "9" * 30, "٣"]
)
def test_a_figure_without_a_plain_photo_id_is_dropped_and_its_text_stays(photo: str) -> None:
    assert sanitise(f'<figure data-photo="{photo}">说明</figure>') == "<p>说明</p>"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("HTTPS://wangchao.example/Aa", "https://wangchao.example/Aa"),
        (" http://wangchao.example ", "http://wangchao.example"),
        ("https://例子.example/路径?甲=乙#丙", "https://例子.example/路径?甲=乙#丙"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("https://wangchao.example/?a=1&copy=2", "https://wangchao.example/?a=1&amp;copy=2"),
        ("mailto:desk@wangchao.example", "mailto:desk@wangchao.example"),
    ],
)
def test_links_to_web_and_mail_addresses_stay(written: str, stored: str) -> None:
    assert sanitise(f'<a href="{written}">链接</a>') == f'<p><a href="{stored}">链接</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example", "https:\\\\evil.example",
        "/a", "a", "#a", "?a", "", " ", "https:evil.example", "https:/evil.example", "https://", "https:///a",
        "ftp://wangchao.example", "tel:110", "file:///etc/passwd", "blob:https://a.example/1", "about:blank",
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "java\tscript:alert(1)", "\x01javascript:alert(1)", "java\x00script:alert(1)", "&#106;avascript:alert(1)",
        "&#x6A;avascript:alert(1)", "&#0000106avascript:alert(1)", "javascript&colon;alert(1)",
        "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)", "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=",
        "https://bank.example@evil.example/", "https://user:pass@evil.example/", "https://a.example/ b",
        "https://a.example/\u202egpj", "https://a.example\u200b/", "https://a.example:99999/", "https://xn--a/",
        "mailto:a@b.example?bcc=c@d.example", "mailto:a@b.example,c@d.example", "mailto:", "mailto:a",
        "mailto:a%0ab@c.example", "https://a.example/" + "x" * 2000,
    ],
)  # fmt: skip
def test_any_other_link_loses_its_address_and_keeps_its_text(address: str) -> None:
    quoted = address.replace('"', "&quot;")
    assert sanitise(f'<p><a href="{quoted}">链接</a></p>') == "<p>链接</p>"


# Pieces from which Hypothesis builds documents as word processors, old pages and attackers do.
PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<i>", "</i>", "<h1>", "</h1>", "<h3>", "<ul>", "</ul>",
        "<ol>", "</ol>", "<li>", "</li>", "<blockquote>", "</blockquote>", "<br>", "<hr>", "<pre>", "</pre>",
        "<table>", "<tr>", "<td>", "</table>", "<sub>", "</sub>", "<sup>", "</sup>", "</a>", "<!--", "-->", "<![CDATA[",
        "]]>", "<script>", "</script>", "<style>", "</style>", "<svg>", "</svg>", "<math>", "<template>", "</template>",
        "<a href='http://a.example/'>", '<a href="http://a.example:99999/">', "<a href=//b>", "<figure data-photo=3>",
        "</figure>", "&nbsp;", "&amp;", "&lt;", "&", "<", ">", '"', "'", " ", "\n", "　", "\u200b", "\x00", "=", "/",
        "望", "潮", "a", "1", "&#", "&#x", "&#60;", "&#0;", ";", "<p", "<a href=", "onclick=", "</", "<!", "<?",
    ]
)  # fmt: skip
DOCUMENTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)
TAG = re.compile(
    r"</?(?:p|h2|h3|blockquote|ul|ol|li|strong|em|sub|sup)>|<br>|</a>|</figure>"
    r'|<a href="(?:https?://|mailto:)[^"<>\s]+">|<figure data-photo="[1-9][0-9]*">'
)


def stored(html: str) -> str | None:
    try:
        return sanitise(html)
    except BodyError:
        return None


@settings(max_examples=600, deadline=None)
@given(DOCUMENTS)
def test_sanitising_twice_changes_nothing(html: str) -> None:
    once = stored(html)
    assert once is None or sanitise(once) == once


@settings(max_examples=600, deadline=None)
@given(DOCUMENTS)
def test_only_listed_tags_and_escaped_text_come_out(html: str) -> None:
    once = stored(html) or ""
    assert not set(TAG.sub("", once)) & set("<>")
    once.encode()  # storable: no lone surrogate
    assert "\x00" not in once


WORDS = st.text(st.sampled_from("望潮渔港ab1，。 &<>\"'"), min_size=1, max_size=12)
WRAPPERS = st.sampled_from(
    ["p", "div", "h1", "h2", "h3", "h5", "blockquote", "b", "i", "strong", "em", "sub", "span"]
)


@st.composite
def written_documents(draw: st.DrawFn) -> tuple[str, str]:
    """HTML as a writer may make it, and its visible characters."""
    html, text = "", ""
    for _ in range(draw(st.integers(1, 8))):
        words = draw(WORDS)
        piece = words.replace("&", "&amp;").replace("<", "&lt;")
        for wrapper in draw(st.lists(WRAPPERS, max_size=4)):
            piece = f"<{wrapper}>{piece}</{wrapper}>"
        if draw(st.booleans()):
            piece = f"<ul><li>{piece}</li></ul>"
        html, text = html + piece, text + words
    return html, text


@settings(max_examples=300, deadline=None)
@given(written_documents())
def test_no_visible_character_is_lost_or_added(document: tuple[str, str]) -> None:
    html, text = document
    visible = "".join(text.split())
    assert "".join(plain_text(sanitise(html)).split()) == visible
    assert characters(html) == len(visible)
