"""From the bytes of a listings report to its rows: encodings, localised headers, short rows.

A report is text separated by tabs, without quotes. Its columns are found by name, in any of the
languages that a report may come in, for Amazon caches reports without regard to the language.
Source: developer-docs.amazon.com/sp-api/docs/inventory-reports-attributes, and real reports.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Iterator
from email.message import Message
from typing import Final, NamedTuple

from affluent.domain.inventory import ReportRow
from affluent.domain.listing import MERCHANT_CHANNEL

_UTF_8: Final = "utf-8"
_ASIN_LENGTH: Final = 10
_BARCODE_LENGTHS: Final = frozenset({8, 12, 13, 14})
#: Java's and the web's names of encodings that Python knows as the wider one in use.
_WIDER: Final = {"shift_jis": "cp932", "iso8859-1": "cp1252", "ascii": "utf-8"}

_NOWHERE: Final = sys.maxsize


class _Columns(NamedTuple):
    """At which place of a row each column stands that we use."""

    sku: int
    asin: int
    title: int
    price: int
    quantity: int
    channel: int
    status: int
    product_id: int


#: Every column that we use: its names in English, German, French, Spanish, Italian, Japanese.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "sku": (
        "seller-sku",
        "sku",
        "Händler-SKU",
        "sku-vendeur",
        "SKU del vendedor",
        "SKU venditore",
        "出品者SKU",
    ),
    "asin": ("asin1", "asin", "ASIN 1"),
    "title": (
        "item-name",
        "Artikelbezeichnung",
        "nom-produit",
        "Título del producto",
        "Nome dell'articolo",
        "商品名",
    ),
    "price": ("price", "Preis", "prix", "Precio", "Prezzo", "価格"),
    "quantity": ("quantity", "Menge", "quantité", "Cantidad", "Quantità", "数量"),
    "channel": (
        "fulfillment-channel",
        "fulfilment-channel",
        "Versender",
        "canal-traitement",
        "Canal de gestión logística",
        "Canale di gestione",
        "フルフィルメント・チャンネル",
    ),
    "status": ("status", "état", "Estado", "Stato", "ステータス"),
    "product_id": (
        "product-id",
        "Produkt-ID",
        "id-produit",
        "Identificador del producto",
        "Identificativo del prodotto",
        "商品ID",
    ),
}


def rows_from(
    chunks: Iterable[bytes], *, content_type: str, fallback_encoding: str
) -> Iterator[ReportRow]:
    """The rows, one by one; a row without a SKU is none.

    `fallback_encoding` is tried on what the report's own encoding does not explain. Raises
    KeyError where no column holds the SKU.
    """
    lines = _lines(chunks)
    first = next(lines, b"")
    encoding = _encoding(first, content_type)
    header = _text(first.removeprefix(codecs.BOM_UTF8), encoding, fallback_encoding)
    columns = _columns(header.split("\t"))
    for line in lines:
        row = _row(_text(line, encoding, fallback_encoding).split("\t"), columns)
        if row.sku:
            yield row


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines end with a line feed only: a title may hold the other separators of Unicode."""
    rest = b""
    for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        yield from (line.removesuffix(b"\r") for line in whole)
    if rest:
        yield rest.removesuffix(b"\r")


def _encoding(first_line: bytes, content_type: str) -> str:
    if first_line.startswith(codecs.BOM_UTF8):
        return _UTF_8
    message = Message()
    message["content-type"] = content_type
    try:
        name = codecs.lookup(str(message.get_param("charset") or _UTF_8)).name
    except LookupError:
        return _UTF_8
    return _WIDER.get(name, name)


def _text(line: bytes, encoding: str, fallback: str) -> str:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return line.decode(fallback, errors="replace")


def _columns(header: list[str]) -> _Columns:
    places = {_plain(name): place for place, name in reversed(list(enumerate(header)))}
    columns = _Columns(**{column: _place(names, places) for column, names in _NAMES.items()})
    if header != [""] and columns.sku == _NOWHERE:
        raise KeyError("seller-sku")
    return columns


def _place(names: tuple[str, ...], places: dict[str, int]) -> int:
    """Where the first of a column's names stands."""
    return next((places[_plain(name)] for name in names if _plain(name) in places), _NOWHERE)


def _plain(name: str) -> str:
    return name.strip().casefold().replace("_", "-").replace(" ", "-")


def _row(cells: list[str], columns: _Columns) -> ReportRow:
    """A row; a cell that is missing, or whose column is, is empty."""
    cells.append("")
    last = len(cells) - 1
    sku, asin, title, price, quantity, channel, status, product_id = (
        cells[place if place < last else last].strip() for place in columns
    )
    channel = channel or MERCHANT_CHANNEL
    by_merchant = channel == MERCHANT_CHANNEL
    return ReportRow(
        sku=sku,
        asin=asin or (product_id if len(product_id) == _ASIN_LENGTH else ""),
        title=title,
        price=price,
        quantity=int(quantity) if by_merchant and quantity.isdecimal() else None,
        channel=channel,
        status=status,
        barcode=product_id if _is_barcode(product_id) else "",
    )


def _is_barcode(text: str) -> bool:
    return len(text) in _BARCODE_LENGTHS and text.isdecimal()
