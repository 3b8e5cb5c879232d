import gzip
import os
import time
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from scripted_amazon import DOCUMENT, JP, US, ScriptedAmazon, answer, refusal

from affluent.domain.errors import MalformedAnswer, Refused, Retryable
from affluent.domain.inventory import ReportRow

SHARED = Path(__file__).resolve().parents[3] / "../shared"
REPORTS = SHARED / "samples/amazon/reports_tsv"

CREATE_REPORT = "POST /reports/2021-06-30/reports"
GET_REPORTS = "GET /reports/2021-06-30/reports"
GET_REPORT = "GET /reports/2021-06-30/reports/r1"
CANCEL = "DELETE /reports/2021-06-30/reports/r1"
REPORT_DOCUMENT = "GET /reports/2021-06-30/documents/d1"
DOWNLOAD = f"GET {DOCUMENT}"


def told(report_id: str, status: str, age: timedelta | None = None, **more: Any) -> dict[str, Any]:
    created = datetime.now(UTC) - (age or timedelta(minutes=1))
    done = {"reportDocumentId": "d1"} if status == "DONE" else {}
    return {
        "reportId": report_id,
        "marketplaceIds": [US],
        "createdTime": created.isoformat(),
        "processingStatus": status,
        **done,
        **more,
    }


def listings_report(content: bytes, content_type: str = "text/plain") -> ScriptedAmazon:
    amazon = ScriptedAmazon().on(CREATE_REPORT, answer({"reportId": "r1"}, 202))
    amazon.on(GET_REPORTS, answer({"reports": []}))
    amazon.on(
        GET_REPORT,
        answer({"reportId": "r1", "processingStatus": "IN_QUEUE"}),
        answer({"reportId": "r1", "processingStatus": "DONE", "reportDocumentId": "d1"}),
    )
    amazon.on(REPORT_DOCUMENT, answer({"reportDocumentId": "d1", "url": DOCUMENT}))
    headers = {"content-type": content_type}
    return amazon.on(DOWNLOAD, httpx.Response(200, content=content, headers=headers))


def rows(
    content: bytes, content_type: str = "text/plain", marketplace: str = US
) -> list[ReportRow]:
    return list(listings_report(content, content_type).account().reports.all_listings(marketplace))


ENGLISH = "item-name\tseller-sku\tprice\tquantity\tasin1\tproduct-id\tfulfillment-channel\tstatus"


def test_a_report_is_asked_for_waited_for_and_unpacked() -> None:
    text = f"{ENGLISH}\r\nLamp\tS1\t19.90\t3\tB01\t4006381333931\tDEFAULT\tActive\r\n"
    amazon = listings_report(gzip.compress(text.encode()))
    assert list(amazon.account().reports.all_listings(US)) == [
        ReportRow("S1", "B01", "Lamp", "19.90", 3, "DEFAULT", "Active", "4006381333931")
    ]
    assert len(amazon.sent(GET_REPORT)) == 2
    assert amazon.body(CREATE_REPORT) == {
        "reportType": "GET_MERCHANT_LISTINGS_ALL_DATA",
        "marketplaceIds": [US],
        "reportOptions": {"preferredReportDocumentLocale": "en_US"},
    }


def test_fba_rows_without_quantity_have_none() -> None:
    text = f"{ENGLISH}\nA\tS1\t1\t\tB01\tB01\tAMAZON_NA\tActive\nB\tS2\t1\t9\tB02\t\tAMAZON_EU\tx\n"
    assert [(row.quantity, row.channel) for row in rows(text.encode())] == [
        (None, "AMAZON_NA"),
        (None, "AMAZON_EU"),
    ]


def test_short_rows_with_strange_separators_and_quotes_do_not_disturb() -> None:
    text = f'{ENGLISH}\n19" lamp\u2028\x0b\tS1\n\n\t\t5\nB\tS2\t5\t2'
    assert [(row.sku, row.title, row.quantity) for row in rows(text.encode())] == [
        ("S1", '19" lamp', None),
        ("S2", "B", 2),
    ]


@pytest.mark.parametrize(
    ("header", "encoding", "content_type"),
    [
        ("Artikelbezeichnung\tHändler-SKU\tPreis\tMenge\tVersender", "cp1252", "text/plain"),
        ("nom-produit\tsku-vendeur\tprix\tquantité\tcanal-traitement", "cp1252", "text/plain"),
        (
            "nom-produit\tsku-vendeur\tprix\tquantité\tcanal-traitement",
            "utf-8-sig",
            "text/plain;charset=Cp1252",
        ),
        (
            "Título del producto\tSKU del vendedor\tPrecio\tCantidad\tCanal de gestión logística",
            "iso8859-1",
            "text/plain; charset=ISO-8859-1",
        ),
        (
            "Nome dell'articolo\tSKU venditore\tPrezzo\tQuantità\tCanale di gestione",
            "utf-8",
            "text/plain; charset=UTF-8",
        ),
    ],
)
def test_localised_report_headers_are_known_in_utf_8_with_bom_and_cp1252(
    header: str, encoding: str, content_type: str
) -> None:
    content = f"{header}\nGrüße à l'été\tS-Ü\t1,50\t4\tDEFAULT\n".encode(encoding)
    assert rows(content, content_type) == [
        ReportRow("S-Ü", "", "Grüße à l'été", "1,50", 4, "DEFAULT", "", "")
    ]


@pytest.mark.parametrize("content_type", ["text/plain;charset=Shift_JIS", "text/plain"])
def test_shift_jis_reports_of_japan_are_read(content_type: str) -> None:
    content = "商品名\t出品者SKU\t価格\t数量\n照明①ソ\tS1\t500\t2\n".encode("cp932")
    (row,) = rows(content, content_type, JP)
    assert (row.title, row.price, row.quantity) == ("照明①ソ", "500", 2)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the folder of real reports is missing")
@pytest.mark.parametrize("sample", ["uk_2025_fba_31cols", "uk_zynk", "us_2022_fba_b2b_47cols"])
def test_real_reports_are_read(sample: str) -> None:
    content = next(REPORTS.glob(f"*{sample}*")).read_bytes()
    read = rows(content)
    assert len(read) == len([line for line in content.splitlines()[1:] if line.strip()])
    assert all(len(row.asin) == 10 and row.sku and row.price for row in read)
    assert all((row.quantity is None) == (row.channel != "DEFAULT") for row in read)


def test_a_report_without_a_column_for_the_sku_is_malformed() -> None:
    with pytest.raises(MalformedAnswer, match="seller-sku"):
        rows(b"something\telse\n1\t2\n")


@pytest.mark.parametrize("content", [b"", ENGLISH.encode()])
def test_an_empty_report_has_no_rows(content: bytes) -> None:
    assert rows(content) == []


def test_a_cancelled_report_has_no_rows_and_a_fatal_one_is_asked_for_again_later() -> None:
    amazon = listings_report(b"").on(GET_REPORT, answer(told("r1", "CANCELLED")))
    assert list(amazon.account().reports.all_listings(US)) == []
    amazon.on(GET_REPORT, answer(told("r1", "FATAL")))
    with pytest.raises(Retryable, match="FATAL"):
        list(amazon.account().reports.all_listings(US))


ONE_ROW = f"{ENGLISH}\nLamp\tS1\t19.90\t3\tB01\t\tDEFAULT\tActive\n".encode()


def skus(amazon: ScriptedAmazon, max_age_seconds: float = 0.0) -> list[str]:
    rows = amazon.account().reports.all_listings(US, max_age_seconds=max_age_seconds)
    return [row.sku for row in rows]


@pytest.mark.parametrize("status", ["IN_QUEUE", "IN_PROGRESS"])
def test_a_report_that_another_flow_waits_for_is_shared(status: str) -> None:
    amazon = listings_report(ONE_ROW).on(GET_REPORTS, answer({"reports": [told("r1", status)]}))
    assert skus(amazon) == ["S1"]
    assert amazon.sent(CREATE_REPORT) == []
    query = amazon.query(GET_REPORTS)
    assert query["reportTypes"] == "GET_MERCHANT_LISTINGS_ALL_DATA"


def test_a_report_that_is_done_is_shared_as_long_as_it_is_young_enough() -> None:
    reports = [
        told("r0", "DONE", timedelta(minutes=14), reportDocumentId="older"),
        told("r1", "DONE", timedelta(minutes=9)),
        told("r2", "DONE", timedelta(minutes=1), marketplaceIds=["OTHER", US]),
    ]
    amazon = listings_report(ONE_ROW).on(GET_REPORTS, answer({"reports": reports}))
    assert skus(amazon, max_age_seconds=900) == ["S1"]
    assert amazon.sent(CREATE_REPORT) == []
    assert amazon.sent(GET_REPORT) == []


@pytest.mark.parametrize(
    ("age", "max_age_seconds"),
    [(timedelta(minutes=16), 900), (timedelta(minutes=1), 0), (timedelta(minutes=-5), 900)],
)
def test_a_report_that_is_too_old_or_of_unknown_age_is_asked_for_anew(
    age: timedelta, max_age_seconds: float
) -> None:
    done = told("r9", "DONE", age)
    amazon = listings_report(ONE_ROW).on(GET_REPORTS, answer({"reports": [done]}))
    assert skus(amazon, max_age_seconds) == ["S1"]
    assert len(amazon.sent(CREATE_REPORT)) == 1


@pytest.mark.parametrize("end", ["CANCELLED", "FATAL"])
def test_a_shared_report_that_comes_to_nothing_is_asked_for_by_oneself(end: str) -> None:
    amazon = listings_report(ONE_ROW)
    amazon.on(GET_REPORTS, answer({"reports": [told("r7", "IN_QUEUE")]}))
    amazon.on("GET /reports/2021-06-30/reports/r7", answer(told("r7", end)))
    assert skus(amazon) == ["S1"]
    assert len(amazon.sent(CREATE_REPORT)) == 1


def test_flows_that_ask_at_the_same_time_ask_amazon_once() -> None:
    amazon = listings_report(ONE_ROW).on(GET_REPORT, answer(told("r1", "DONE")))

    def create(_: httpx.Request) -> httpx.Response:
        time.sleep(0.05)
        amazon.on(GET_REPORTS, answer({"reports": [told("r1", "IN_QUEUE")]}))
        return answer({"reportId": "r1"}, 202)

    account = amazon.on(CREATE_REPORT, create).account()
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(lambda _: list(account.reports.all_listings(US)), range(4)))
    assert [[row.sku for row in rows] for rows in read] == [["S1"]] * 4
    assert len(amazon.sent(CREATE_REPORT)) == 1


def test_further_pages_of_reports_are_asked_for_by_the_token_alone() -> None:
    pages = [{"reports": [], "nextToken": "t+/="}, {"reports": [told("r1", "IN_QUEUE")]}]
    amazon = listings_report(ONE_ROW).on(GET_REPORTS, *(answer(page) for page in pages))
    assert skus(amazon) == ["S1"]
    assert amazon.query(GET_REPORTS, 1) == {"nextToken": "t+/="}


def test_a_report_is_cancelled_while_it_is_in_the_queue() -> None:
    amazon = ScriptedAmazon().on(CANCEL, httpx.Response(200), refusal(400, "InvalidInput", "late"))
    reports = amazon.account().reports
    reports.cancel("r1")
    with pytest.raises(Refused, match="late"):
        reports.cancel("r1")


class Packed(httpx.SyncByteStream):
    """A report of so many thousand rows that is packed while it is read."""

    def __init__(self, thousands: int) -> None:
        self._thousands = thousands

    def __iter__(self) -> Iterator[bytes]:
        yield gzip.compress(f"{ENGLISH}\n".encode())
        rows = (
            f"A lamp, number {number}\tSKU-{number}\t19.90\t{number % 100}\tB000000001\t\t"
            "DEFAULT\tActive\n"
            for number in range(1000)
        )
        packed = gzip.compress("".join(rows).encode())
        for _ in range(self._thousands):
            yield packed


def resident_bytes() -> int:
    """What the process holds of the machine's memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="needs Linux's /proc")
def test_a_report_of_a_million_rows_is_read_in_bounded_memory() -> None:
    amazon = listings_report(b"")
    amazon.on(DOWNLOAD, lambda _: httpx.Response(200, stream=Packed(1000)))
    rows = amazon.account().reports.all_listings(US)
    held = [resident_bytes() for number, _ in enumerate(rows, start=1) if number % 100_000 == 0]
    assert len(held) == 10
    assert max(held) - held[0] < 20_000_000


def test_reading_a_report_allocates_no_more_than_a_few_chunks_at_a_time() -> None:
    """200,000 rows only: tracing allocations makes reading six times as slow."""
    amazon = listings_report(b"")
    amazon.on(DOWNLOAD, lambda _: httpx.Response(200, stream=Packed(200)))
    reports = amazon.account().reports
    tracemalloc.start()
    try:
        read = sum(1 for row in reports.all_listings(US) if row.quantity is not None)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert read == 200_000
    assert peak < 40_000_000


def test_a_few_packed_bytes_that_stand_for_very_many_are_unpacked_piece_by_piece() -> None:
    row = f"{'x' * 60}\tS1\t1\t1\tB01\t\tDEFAULT\tActive\n".encode()
    packed = gzip.compress(f"{ENGLISH}\n".encode() + row * 1_000_000)
    assert len(packed) < 500_000
    amazon = listings_report(b"")
    stream = httpx.ByteStream(packed)
    amazon.on(DOWNLOAD, lambda _: httpx.Response(200, stream=stream))
    tracemalloc.start()
    try:
        rows = amazon.account().reports.all_listings(US)
        assert sum(1 for _ in zip(rows, range(20_000), strict=False)) == 20_000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 10_000_000
