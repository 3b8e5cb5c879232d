"""Which encoding a file of text is in: spreadsheets write several, and seldom say which."""

from __future__ import annotations

import codecs
from typing import Final

from affluent.domain.errors import ConfigurationError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: The share of NUL bytes in every second place that tells UTF-16 without its mark.
_MANY: Final = 0.3


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and the encoding that it was in: UTF-8 or UTF-16 with or without their marks, else
    Windows' western one. Raises ConfigurationError where it is none of them."""
    for encoding in _candidates(content):
        try:
            return content.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    raise ConfigurationError(
        "The file is in no encoding that is known here.",
        why="It is neither UTF-8 nor UTF-16 nor Windows-1252.",
        fix="Save it as CSV UTF-8 in your spreadsheet.",
    )


def _candidates(content: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return (encoding,)
    half = max(len(content) // 2, 1)
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if content[start::2].count(0) / half > _MANY:
            return (encoding,)
    return "utf-8", "cp1252"
