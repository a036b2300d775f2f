"""Templates are read without the blanks that are for who writes them."""

from __future__ import annotations

import pytest
from django.template import Context, Engine
from django.template.loader import get_template

from legrelief.templates import tight


def test_a_line_break_and_the_blanks_around_it_are_one_line_break() -> None:
    assert tight("<ul>\n    <li>a  b</li>\n\n  </ul>\n") == "<ul>\n<li>a  b</li>\n</ul>"


def test_a_line_that_only_steers_leaves_no_line_behind() -> None:
    source = "<ul>\n  {% for one in all %}\n    <li>\n  {% endfor %}\n</ul>"
    assert tight(source) == "<ul>\n{% for one in all %}<li>\n{% endfor %}</ul>"


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize(
    "source",
    [
        "a\n{% if shown %}\n  b\n{% endif %}\nc",
        "{% if shown %}<b>b</b>{% endif %}\n{% if shown %}\n<i>i</i>{% else %} c {% endif %}d",
        "a\n  {% if shown %}b{% endif %}\n{% with one=1 %}\n{{ one }}\n{% endwith %}\nc",
    ],
)
def test_words_stay_as_far_apart_as_they_were(source: str, shown: bool) -> None:
    before, after = (
        Engine().from_string(text).render(Context({"shown": shown}))
        for text in (source, tight(source))
    )
    assert after.split() == before.split()
    assert len(after) <= len(before)


@pytest.mark.parametrize("name", ["pre", "textarea"])
def test_what_is_shown_as_it_is_written_is_kept(name: str) -> None:
    kept = f"<{name} hidden>\n\n  {{% if a %}}\n  x\n\n</{name}>"
    assert tight(f"  {kept}\n\n  y") == f"  {kept}\ny"


def test_the_templates_of_the_guide_are_read_so() -> None:
    source: str = get_template("guide/articles/article.html").template.source  # type: ignore[attr-defined]
    assert source == tight(source)
    assert "\n\n" not in source
