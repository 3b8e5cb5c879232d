"""Titles of new pages: the characters that Amazon does not take in them.

Source: Seller Central, "Product title requirements and guidelines" (201100890). What is sent for a
page that exists already holds no title.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Final

#: Not to be used in titles, but for those of the brand's own name.
PROHIBITED: Final = frozenset("!$?_{}^¬¦")

#: Joiners that Persian, Hindi and others are written with.
_JOINERS: Final = frozenset("\u200c\u200d")
#: Controls, unassigned code points, surrogates, private use; and formats, which turn the direction
#: of text or are not seen.
_UNREADABLE: Final = frozenset(("Cc", "Cf", "Cn", "Co", "Cs"))
#: Emoji and ornaments; the signs of trade marks and degrees lie before.
_FIRST_ORNAMENT: Final = "\u2190"
_ORNAMENTAL: Final = frozenset(("So", "Sk"))
_EMOJI_MARKS: Final = frozenset("\ufe0f\u20e3")


def title_flaws(title: str, brand: str) -> str:
    """What does not belong in a title, each once and in order; "" where all is well.

    Letters of every script are well, from the right or from the left.
    """
    if title.isascii() and title.isprintable() and PROHIBITED.isdisjoint(title):
        return ""
    ours = title.replace(brand, "") if brand else title
    return ", ".join(dict.fromkeys(_flaws(ours)))


def _flaws(title: str) -> Iterator[str]:
    for character in title:
        if character in PROHIBITED:
            yield character
        elif character not in _JOINERS and _is_unreadable(character):
            name = unicodedata.name(character, "")
            yield f"U+{ord(character):04X} {name}".rstrip()


def _is_unreadable(character: str) -> bool:
    kind = unicodedata.category(character)
    is_ornament = kind in _ORNAMENTAL and character >= _FIRST_ORNAMENT
    return kind in _UNREADABLE or is_ornament or character in _EMOJI_MARKS
