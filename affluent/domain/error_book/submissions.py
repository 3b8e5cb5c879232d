"""Entries: feeds and submissions that Amazon could not read or process."""

from __future__ import annotations

from typing import Final

from affluent.domain.error_book.entry import ErrorEntry

_NOTHING: Final = "None: this is not the product's fault."

SUBMISSION_ENTRIES: Final = (
    ErrorEntry(
        title="Amazon failed while it processed the item",
        cause="An internal error of Amazon's; the item was not judged.",
        field_to_fix=_NOTHING,
        fix="Publish the item again later. If it fails for a day, open a case with the submission "
        "id from its log.",
        codes=("4000000",),
    ),
    ErrorEntry(
        title="The feed has no header",
        cause="Amazon could not read the head of the feed document, and nothing of it was "
        "processed.",
        field_to_fix=_NOTHING,
        fix="Nothing was changed. Publish again; if it repeats, report it with the feed id.",
        codes=("4002005",),
    ),
    ErrorEntry(
        title="The feed has another version than Amazon expects",
        cause="Amazon has moved JSON_LISTINGS_FEED to a new version, or the document names a wrong "
        "one. Nothing of it was processed.",
        field_to_fix=_NOTHING,
        fix="Update Affluent. Until then, send the selling list through single calls "
        "(`send: single`).",
        codes=("4002006",),
    ),
    ErrorEntry(
        title="A message of the feed has the wrong form",
        cause="One message does not fit the schema of feeds: an attribute is no list, or a part of "
        "the message is missing. The other messages are processed.",
        field_to_fix="The rules of the creation profile that made the item's attributes.",
        fix="Look at the item's log for the attribute, correct its rule, and publish the item "
        "again.",
        codes=("4002008",),
    ),
    ErrorEntry(
        title="The seller id does not fit the account",
        cause="The feed names a seller id that Amazon does not know in this region: it was "
        "mistyped, or belongs to the account of another region.",
        field_to_fix="The account's `seller_id` and region in affluent.yaml.",
        fix="Copy the Merchant Token from Seller Central (Account Info) of the same region, and "
        "run `affluent check --connect`.",
        pattern=r"Invalid 'accountId' provided",
        codes=("BAD_REQUEST",),
        examples=("Invalid 'accountId' provided.",),
    ),
)
