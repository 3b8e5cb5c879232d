"""Tables as spreadsheets and other connectors write them."""

from __future__ import annotations

import codecs

import pytest

from affluent.domain.errors import ConfigurationError
from affluent.spreadsheets.cell import harmless, meant
from affluent.spreadsheets.reading import read_sheet

TABLE = "store_sku,amazon_sku\r\n007,Ä-1\r\n"


def recognised(title: str) -> bool:
    return title in ("store_sku", "amazon_sku")


def cells(content: str | bytes) -> list[tuple[str, ...]]:
    raw = content if isinstance(content, bytes) else content.encode()
    return [line.cells for line in read_sheet(raw, recognised, 2).lines]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TABLE.encode(), "utf-8"),
        (TABLE.encode("utf-8-sig"), "utf-8"),
        (TABLE.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"), "utf-16"),
        (TABLE.encode("utf-16-le"), "utf-16-le"),
        (TABLE.encode("utf-16-be"), "utf-16-be"),
        (TABLE.encode("cp1252"), "cp1252"),
    ],
)
def test_every_encoding_that_spreadsheets_write(content: bytes, encoding: str) -> None:
    sheet = read_sheet(content, recognised, 2)

    assert sheet.encoding == encoding
    assert [line.cells for line in sheet.lines] == [("store_sku", "amazon_sku"), ("007", "Ä-1")]


def test_what_is_in_no_known_encoding_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="no encoding that is known"):
        cells(b"store_sku,amazon_sku\nA,\x81\n")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("names", ["", "store_sku{}amazon_sku{}"])
def test_every_separator_is_told(separator: str, end: str, names: str) -> None:
    text = names.format(separator, end) + f"A{separator}1{end}B{separator}2{end}"

    assert cells(text)[-2:] == [("A", "1"), ("B", "2")]


def test_a_separator_that_stands_in_the_skus_is_not_taken() -> None:
    assert cells("A,1,0;X\nB,2;Y\n") == [("A,1,0", "X"), ("B,2", "Y")]
    assert cells('store_sku,amazon_sku\n"A|1;2",X\n')[1] == ("A|1;2", "X")


def test_a_spreadsheet_may_say_which_it_is() -> None:
    sheet = read_sheet(b"sep=;\nA,1;X\n", recognised, 2)

    assert [(line.number, line.cells) for line in sheet.lines] == [(2, ("A,1", "X"))]


def test_lines_are_counted_as_an_editor_does() -> None:
    sheet = read_sheet(b'A,1\n\n"B\nC",2\n , \nD,3\n', recognised, 2)

    assert [(line.number, line.cells[0]) for line in sheet.lines] == [
        (1, "A"),
        (3, "B\nC"),
        (6, "D"),
    ]


def test_a_cell_that_is_not_closed_names_its_line() -> None:
    with pytest.raises(ConfigurationError, match="Line 2 of the file cannot be read"):
        cells('store_sku,amazon_sku\n"A,1\nB,2\n')


@pytest.mark.parametrize("text", ["=1+1", "+49", "-5", "@SUM(A1)", "\t=1", "＝1", "'", "'=1", "''"])
def test_a_formula_is_made_harmless_and_comes_back(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert meant(harmless(text)) == text


@pytest.mark.parametrize("text", ["", "MUG", "007", "1=2", "a'b"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert harmless(text) == meant(text) == text


def test_what_only_begins_with_an_apostrophe_is_left_alone() -> None:
    assert meant("'tis") == "'tis"
