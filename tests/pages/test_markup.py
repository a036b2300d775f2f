from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from guide.pages.markup import _unused, slugged, to_html

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.png)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    '[x](/a "onmouseover=alert(1)")',
    '[x](/a"onmouseover="alert(1))',
    "<iframe src=https://evil.example></iframe>",
    "<style>*{display:none}</style>",
    '<p style="position:fixed" onclick=alert(1)>x</p>',
    "<form action=https://evil.example><input autofocus onfocus=alert(1)></form>",
    "`<script>alert(1)</script>`",
    "### <script>alert(1)</script>",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "<!--><script>alert(1)</script>-->",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
]
TAGS = {
    *("p", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "blockquote", "br", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}


class Tags(HTMLParser):
    """Every tag of a text with its attributes, as a browser would meet them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_code(attack: str) -> None:
    for tag, attributes in Tags(to_html(attack, anchor="x")).found:
        assert tag in TAGS
        assert set(attributes) <= {"href", "id", "start", "title"}
        assert re.match(r"(https://|tel:|/|#)", attributes.get("href") or "/")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Plain & <b>.", "<p>Plain &amp; &lt;b&gt;.</p>"),
        ("**Stop** and *rest*.", "<p><strong>Stop</strong> and <em>rest</em>.</p>"),
        ("[Help](/help/)", '<p><a href="/help/">Help</a></p>'),
        ("[Call](tel:911)", '<p><a href="tel:911">Call</a></p>'),
        ("[Out](https://example.org/)", '<p><a href="https://example.org/">Out</a></p>'),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>'),
        ("Call {emergency}.", "<p>Call {emergency}.</p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_html(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


def test_a_table_stays_a_table() -> None:
    tags = [tag for tag, _ in Tags(to_html("| Food | Mineral |\n|---|---|\n| Nuts | Yes |")).found]
    assert tags == ["table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"]


@pytest.mark.parametrize("mark", ["# A", "## A", "### A", "#### A", "##### A", "A\n=", "A\n-"])
def test_prose_never_holds_the_headings_of_the_page(mark: str) -> None:
    tags = [tag for tag, _ in Tags(to_html(mark)).found]
    assert tags in (["h3"], ["h4"])


def test_headings_get_anchors_of_their_own_within_the_section() -> None:
    html = to_html("### When to rest\n\n### When to rest\n\n### ¿?\n\n### When to rest", "shoes")
    assert [found["id"] for _, found in Tags(html).found] == [
        "shoes-when-to-rest",
        "shoes-when-to-rest-2",
        "shoes-part",
        "shoes-when-to-rest-3",
    ]


def test_anchors_stay_unique_when_a_heading_ends_in_a_number() -> None:
    html = to_html("### Step\n\n### Step 2\n\n### Step", "x")
    ids = [found["id"] for _, found in Tags(html).found]
    assert len(set(ids)) == 3


def test_headings_without_an_anchor_have_no_id() -> None:
    assert to_html("### Rest") == "<h3>Rest</h3>"


@pytest.mark.parametrize(
    ("text", "slug"), [("Feet up!", "feet-up"), ("  A -- B ", "a-b"), ("É", "part")]
)
def test_text_becomes_part_of_an_address(text: str, slug: str) -> None:
    assert slugged(text) == slug


def test_of_very_many_headings_that_are_alike_each_is_numbered_at_once() -> None:
    class Seen(dict[str, int]):
        asked = 0

        def __contains__(self, name: object) -> bool:
            self.asked += 1
            return super().__contains__(name)

    seen = Seen()
    assert len({_unused("a", seen) for _ in range(1000)}) == 1000
    assert seen.asked < 2 * 1000
