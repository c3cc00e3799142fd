"""HTML and XHTML narratives as plain text: one pass over the tags, nothing interpreted, no markup kept."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)[^<>]*>")
_LINE_TAGS = {
    "p",
    "div",
    "br",
    "tr",
    "ul",
    "ol",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "pre",
    "hr",
    "caption",
}
_CELL_TAGS = {"td", "th"}
_UNREAD = {"script", "style", "head", "svg", "iframe", "object", "template"}
_CELL_END = "\x1f"
_LINE_END = "\x1e"


def html_text(markup: str) -> str:
    """Readable text: one paragraph, list item or table row a line, table cells parted by tabs."""
    parts: list[str] = []
    position, unread = 0, ""
    markup = _without_comments(markup)
    for tag in _TAG.finditer(markup):
        if not unread:
            parts.append(html.unescape(markup[position : tag.start()]))
        closing, name = bool(tag.group(1)), tag.group(2).lower()
        position = tag.end()
        if unread:
            unread = "" if closing and name == unread else unread
        elif name in _UNREAD:
            unread = "" if closing or tag.group().endswith("/>") else name
        else:
            parts.append(_mark(name, closing))
    if not unread:
        parts.append(html.unescape(markup[position:]))
    return _tidy("".join(parts))


def _without_comments(markup: str) -> str:
    pieces = markup.split("<!--")
    return pieces[0] + "".join(piece.partition("-->")[2] for piece in pieces[1:])


def _mark(name: str, closing: bool) -> str:
    if name in _LINE_TAGS:
        return _LINE_END
    if name in _CELL_TAGS:
        return _CELL_END if closing else ""
    if name == "li":
        return _LINE_END if closing else f"{_LINE_END}• "
    return ""


def _tidy(text: str) -> str:
    lines = (line.rstrip(_CELL_END + " ") for line in text.split(_LINE_END))
    rows = ("\t".join(" ".join(cell.split()) for cell in line.split(_CELL_END)) for line in lines)
    return "\n".join(row for row in rows if row.strip() and row.strip() != "•")
