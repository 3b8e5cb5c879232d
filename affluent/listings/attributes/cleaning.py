"""The store's texts in the form that Amazon takes: no HTML, no control characters, no excess.

Nothing else is touched: emoji, scripts that run from right to left, and every language stay.
"""

from __future__ import annotations

import html
import re
from typing import Final

import nh3

from affluent.listings.attributes.value import CannotFill, Value

#: A longer text is not looked at: no attribute of Amazon's takes a tenth of it.
LONGEST_TEXT: Final = 100_000

_BREAKS: Final = frozenset(
    {"p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "hr"}
)
_WITH_CONTENT: Final = frozenset({"script", "style", "noscript", "iframe", "template"})
_TAG: Final = re.compile(r"</?[a-z][a-z0-9]*>")
_SPACES: Final = re.compile(r"[^\S\n]+")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def plain_text(markup: str) -> str:
    """What HTML says, line by line, its entities decoded once; scripts and styles are gone."""
    kept = nh3.clean(
        markup[:LONGEST_TEXT],
        tags=set(_BREAKS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes={},
        link_rel=None,
    )
    text = html.unescape(_TAG.sub("\n", kept))
    lines = (_SPACES.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def cleaned(value: Value, *, is_html: bool, shortens: bool) -> Value:
    """The value without what Amazon does not take. Raises CannotFill for an endless text."""
    if len(value.text) > LONGEST_TEXT:
        if not shortens:
            raise CannotFill(
                f"The text has {len(value.text):,} characters, more than {LONGEST_TEXT:,}. "
                "Shorten it in the store, or write shorten: true in the rule.",
                value.text[:50],
            )
        value = value.become(value.text[:LONGEST_TEXT], f"cut to {LONGEST_TEXT:,} characters")
    if is_html:
        value = value.become(plain_text(value.text), "HTML taken off")
    even = value.text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    value = value.become(_CONTROL.sub("", even), "control characters taken out")
    return value.become(value.text.strip(), "spaces around it taken off")


def shortened(value: Value, most_characters: int | None, most_bytes: int | None) -> Value:
    """The value cut at a word, within both limits of the schema, where it is longer."""
    text = value.text
    if most_characters is not None:
        text = text[:most_characters]
    if most_bytes is not None:
        text = text.encode()[:most_bytes].decode(errors="ignore")
    if text == value.text:
        return value
    if not value.text[len(text)].isspace() and " " in text:
        text = text[: text.rindex(" ")]
    step = f"shortened from {len(value.text):,} characters to {len(text.rstrip()):,}"
    return value.become(text.rstrip(), step)
