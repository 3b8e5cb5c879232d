"""Finds the entry for a message, and writes the whole book as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from typing import Final

from affluent.domain.error_book.approval import APPROVAL_ENTRIES
from affluent.domain.error_book.attributes import ATTRIBUTE_ENTRIES
from affluent.domain.error_book.cancellations import CANCELLATION_ENTRIES
from affluent.domain.error_book.catalog import CATALOG_ENTRIES
from affluent.domain.error_book.endings import ENDING_ENTRIES
from affluent.domain.error_book.entry import ErrorEntry
from affluent.domain.error_book.gate import GATE_ENTRIES
from affluent.domain.error_book.orders import ORDER_ENTRIES
from affluent.domain.error_book.permissions import PERMISSION_ENTRIES
from affluent.domain.error_book.shipments import SHIPMENT_ENTRIES
from affluent.domain.error_book.submissions import SUBMISSION_ENTRIES
from affluent.domain.error_book.variations import VARIATION_ENTRIES

CHAPTERS: Final[tuple[tuple[str, tuple[ErrorEntry, ...]], ...]] = (
    ("Identifiers and attributes of a listing", ATTRIBUTE_ENTRIES),
    ("Permission to sell", PERMISSION_ENTRIES),
    ("Amazon's catalog", CATALOG_ENTRIES),
    ("Feeds and submissions", SUBMISSION_ENTRIES),
    ("Orders", ORDER_ENTRIES),
    ("Shipments", SHIPMENT_ENTRIES),
    ("Cancellations", CANCELLATION_ENTRIES),
    ("What Affluent itself holds back", GATE_ENTRIES),
    ("Variations", VARIATION_ENTRIES),
    ("Ending listings, and listing them again", ENDING_ENTRIES),
    ("Plans that wait for a person", APPROVAL_ENTRIES),
)

_ENTRIES: Final = tuple(entry for _, entries in CHAPTERS for entry in entries)
_BY_CODE: Final = {code: entry for entry in _ENTRIES for code in entry.codes}
_BY_REASON: Final = {reason.value: entry for entry in _ENTRIES for reason in entry.reasons}

# A code stands alone, in brackets at the end, at the beginning before a colon, or after "code".
_CODE: Final = re.compile(
    r"\A(\w+)\Z | \((\w+)\)\.?\Z | \A(\w+): | \b(?:error|code)[ :]+(\d+)", re.VERBOSE
)

_PREFACE: Final = """\
# Error book

What each message means, which field to mend, and how. `affluent explain` prints the same text.

Affluent checks a listing before it is sent and words what it finds as Amazon would, so a message
reads the same before sending as after. Messages are recognised by their words first and by
Amazon's code second, because the codes change more often. Amazon publishes no complete list: a
message that is not here is shown as it came, with Amazon's own severity.
"""


def explain(text: str) -> ErrorEntry | None:
    """The entry for a message, one of Amazon's codes or a reason of the gate; None if unknown."""
    message = text.strip()
    for entry in _ENTRIES:
        if entry.describes(message):
            return entry
    for code in _codes_in(message):
        if found := _BY_CODE.get(code) or _BY_REASON.get(code):
            return found
    return None


def render_error_book() -> str:
    """The whole book as Markdown: docs/errors.md."""
    parts = [_PREFACE]
    for title, entries in CHAPTERS:
        parts.append(f"## {title}\n")
        parts.extend(_render(entry) for entry in entries)
    return "\n".join(parts)


def _codes_in(message: str) -> Iterator[str]:
    for match in _CODE.finditer(message):
        yield from (code for code in match.groups() if code)


def _render(entry: ErrorEntry) -> str:
    lines = [f"### {entry.title}", ""]
    for example in entry.examples:
        lines += [f"> `{example}`", ""]
    if entry.codes:
        lines += [f"Amazon's code: {_listed(entry.codes)}", ""]
    if entry.reasons:
        lines += [f"Held as: {_listed(reason.value for reason in entry.reasons)}", ""]
    lines += [
        _item("Cause", entry.cause),
        _item("Field to fix", entry.field_to_fix),
        _item("Fix", entry.fix),
        "",
    ]
    return "\n".join(lines)


def _item(name: str, text: str) -> str:
    return textwrap.fill(
        f"- **{name}:** {text}", 100, subsequent_indent="  ", break_on_hyphens=False
    )


def _listed(names: Iterator[str] | tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)
