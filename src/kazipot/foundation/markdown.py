"""Markdown as HTML that is safe to show: no HTML of its own, and only elements of running text."""

from collections.abc import Callable

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {"p", "ul", "ol", "li", "strong", "em", "code", "a", "img", "blockquote", "h3", "h4", "br", "hr"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
_PARSER = MarkdownIt("commonmark", {"html": False})


def as_html(text: str, *, picture: Callable[[str], str]) -> SafeString:
    """The HTML of a text. `picture` gives the address of a picture's name."""
    tokens = _PARSER.parse(text)
    for token in (inner for block in tokens for inner in block.children or ()):
        if token.type == "image":
            token.attrSet("src", picture(str(token.attrGet("src") or "")))
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"https"}, link_rel="noopener"))
