"""No way into a body leads to script (RISKS 24), not even by way of a browser that reads it twice."""

import nh3
import pytest

from articles.body import blocks, from_blocks, render, sanitise
from tests.body.test_sanitise import TAG

VECTORS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script/x>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<script>alert(1)",
    "<script\x0c>alert(1)</script >",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x` onerror=alert(1)>",
    '<img """><script>alert(1)</script>">',
    "<img src='x'onerror='alert(1)'",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script href=data:,alert(1) />",
    "<svg><a xlink:href=javascript:alert(1)><text>潮</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><foreignObject><body onload=alert(1)></foreignObject></svg>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<svg><style><!--</style><img src=x onerror=alert(1)>--></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
    "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<noembed><img title=\"</noembed><img src onerror=alert(1)>\"></noembed>",
    "<noframes><style></noframes><img src=x onerror=alert(1)></style></noframes>",
    "<textarea><img title=\"</textarea><img src onerror=alert(1)>\"></textarea>",
    "<title><img title=\"</title><img src onerror=alert(1)>\"></title>",
    "<xmp><img title=\"</xmp><img src onerror=alert(1)>\"></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<template><script>alert(1)</script></template>",
    "<template><style></template><img src=x onerror=alert(1)></style>",
    "<select><template><style><!--</style><a rel=\"--></style></template></select><img src=x onerror=alert(1)>\">",
    "<style>@import '//evil.example/x.css';</style>",
    "<style><style/><img src=x onerror=alert(1)>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<p><![CDATA[><img src=x onerror=alert(1)>]]></p>",
    "<!--><script>alert(1)</script>-->",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<?xml version=\"1.0\"?><?import namespace=\"t\" implementation=\"#default#time2\"?><script>alert(1)</script>",
    "<!DOCTYPE html [<!ENTITY x \"<script>alert(1)</script>\">]>&x;",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=data:text/html,<script>alert(1)</script>></object>",
    "<embed src=//evil.example/x.swf>",
    "<applet code=x></applet>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<details open ontoggle=alert(1)>潮",
    "<marquee onstart=alert(1)>潮</marquee>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<form action=javascript:alert(1)><button>潮</button></form>",
    "<button formaction=javascript:alert(1)>潮</button>",
    "<p onclick=alert(1) style=\"background:url(javascript:alert(1))\" id=x class=y>潮</p>",
    "<p style=\"position:fixed;inset:0\">潮</p>",
    "<a href=javascript:alert(1)>潮</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">潮</a>",
    "<a href=\"&#1;javascript:alert(1)\">潮</a>",
    "<a href=\"https://a.example/\" onclick=alert(1) onfocus=alert(1) autofocus tabindex=1>潮</a>",
    "<a href='https://a.example/\"onmouseover=\"alert(1)'>潮</a>",
    "<a href=\"https://a.example/&quot;><script>alert(1)</script>\">潮</a>",
    "<a href=https://a.example/ target=_blank ping=//evil.example>潮</a>",
    "<a href=x href=javascript:alert(1)>潮</a>",
    "<a\u3000href=javascript:alert(1)>潮</a>",
    "<figure data-photo=\"12\" onclick=alert(1)>潮</figure>",
    "<figure data-photo='1\"><script>alert(1)</script>'>潮</figure>",
    "<figure data-photo=12 data-photo=13 is=x-y>潮</figure>",
    "<b <script>alert(1)</script>>潮</b>",
    "<p/onclick=alert(1)/>潮",
    "</p onclick=alert(1)>潮",
    "<p \x00onclick=alert(1)>潮",
    "<\x00script>alert(1)</script>",
    "<table><td background=javascript:alert(1)>潮</table>",
    "<a href=\"https://a.example/\"><a href=javascript:alert(1)>潮</a></a>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "＜script＞alert(1)＜/script＞",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "{{ constructor.constructor('alert(1)')() }}<b v-html=x>潮</b>",
]  # fmt: skip

GUARD = nh3.Cleaner(
    tags={"p", "h2", "h3", "blockquote", "ul", "ol", "li", "br", "strong", "em", "sub", "sup", "a", "figure"},
    attributes={"a": {"href"}, "figure": {"data-photo"}},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=None,
)


def assert_inert(html: str) -> None:
    assert not set(TAG.sub("", html)) & set("<>")
    # A browser that reads it and writes it again, as an editor does, makes nothing else of it.
    assert GUARD.clean(html) == html


@pytest.mark.parametrize("vector", VECTORS)
def test_a_body_comes_out_with_listed_tags_and_escaped_text_only(vector: str) -> None:
    stored = sanitise(vector)
    assert_inert(stored)
    assert sanitise(stored) == stored


@pytest.mark.parametrize("vector", VECTORS)
def test_a_vector_between_honest_paragraphs_takes_none_of_those_before_it(vector: str) -> None:
    stored = sanitise(f"<p>望潮港昨日开港。</p>{vector}<p>林海生</p>")
    assert stored.startswith("<p>望潮港昨日开港。</p>")
    assert_inert(stored)


@pytest.mark.parametrize("vector", VECTORS)
def test_the_views_on_a_body_are_inert_even_when_nobody_sanitised_it(vector: str) -> None:
    assert_inert(render(vector, {}))
    for block in blocks(vector):
        assert_inert(block.html)


@pytest.mark.parametrize("vector", VECTORS)
def test_plain_text_stays_text(vector: str) -> None:
    html = from_blocks([("paragraph", vector), ("subhead", vector)])
    assert "<" not in TAG.sub("", html)
    assert sanitise(html) == html
