"""How long it takes to link a report of a million rows to a million variants, and how much memory.

Measured twice: for a seller none of whose listings is linked yet, and when all but one in a
hundred are. The report's bytes are made as they are read, so it starts where Amazon's document
arrives; the process that links does nothing else, so its peak is that of linking.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Final

from sqlalchemy import Engine, text

from affluent.domain.effect import Run
from affluent.links.linking import link_report
from affluent.links.plan import LinkRules
from affluent.links.spool import Spool
from affluent.ports.progress import NoProgress
from affluent.storage.engine import open_engine
from affluent.storage.unit_of_work import SqlUnitsOfWork
from affluent.submissions.context import Sender
from benchmarks.measures.sandbox import marketplace
from connectors.amazon.report_rows import rows_from
from connectors.http.clock import VendorClock

ROWS: Final = 1_000_000
_ACCOUNT: Final = "bench"
_HEADER: Final = "seller-sku\tasin1\titem-name\tprice\tquantity\tfulfillment-channel\tstatus\n"
_LINES_A_CHUNK: Final = 2_000
_ANALYZE: Final = "ANALYZE"


@dataclass(frozen=True)
class Linking:
    """Seconds of the first linking and of one with 99 % linked; the peak of each in MB."""

    first_seconds: float
    first_mb: float
    again_seconds: float
    again_mb: float


def measure_linking(url: str, rows: int = ROWS) -> Linking:
    """Fill a fresh database with that many variants, and link as many rows of a report to them."""
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text(variants_statement(engine)), {"count": rows})
    first_seconds, first_mb = _alone(url, rows)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM listings WHERE variant_id % 100 = 0"))
        connection.execute(text(_ANALYZE))
    engine.dispose()
    again_seconds, again_mb = _alone(url, rows)
    return Linking(first_seconds, first_mb, again_seconds, again_mb)


def _alone(url: str, rows: int) -> tuple[float, float]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(_link, url, rows).result()


def _link(url: str, rows: int) -> tuple[float, float]:
    engine = open_engine(url)
    units = SqlUnitsOfWork(engine)
    amazon: Any = None  # linking asks Amazon for nothing once the report is here
    run = Run(f"bench-{time.time_ns()}", "link_inventory")
    sender = Sender(
        _ACCOUNT,
        marketplace().marketplace_id,
        amazon,
        units,
        VendorClock(),
        run,
        NoProgress(),
        VendorClock().now(),
    )
    rules = LinkRules(_ACCOUNT, marketplace(), [], {})
    began = time.perf_counter()
    report = rows_from(_document(rows), content_type="text/plain", fallback_encoding="cp1252")
    with Spool() as spool:
        tally = link_report(spool.fill(report), rules, sender, dry_run=False)
    seconds = time.perf_counter() - began
    engine.dispose()
    assert tally.read == tally.linked + tally.already == rows, tally
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _document(rows: int) -> Iterator[bytes]:
    yield _HEADER.encode()
    for start in range(0, rows, _LINES_A_CHUNK):
        numbers = range(start, min(start + _LINES_A_CHUNK, rows))
        yield "".join(map(_line, numbers)).encode()


def _line(number: int) -> str:
    return (
        f"SKU-{number}\tB0{number:08d}\tA suitcase of ours, number {number}, in blue\t"
        f"{number % 90 + 10}.90\t{number % 50}\tDEFAULT\tActive\n"
    )


def variants_statement(engine: Engine) -> str:
    """One statement that makes variants, the same on both databases but for the JSON's type."""
    document = "" if engine.dialect.name == "sqlite" else "::jsonb"
    now = "CURRENT_TIMESTAMP"
    return f"""
        INSERT INTO variants (
            variant_id, product_id, sku, name, description, brand, price_amount, price_currency,
            quantity, barcode, mpn, condition, is_visible, category_ids, modified_at, weight_unit,
            size, image_urls, custom_fields, options, content_hash, seen_at, changed_at
        )
        WITH RECURSIVE numbers (number) AS (
            SELECT 0 UNION ALL SELECT number + 1 FROM numbers WHERE number + 1 < :count
        )
        SELECT number, number,
            'SKU-' || CAST(number AS TEXT),
            'A suitcase', 'It rolls.', 'Rollwell', '19.90', 'USD', 7, '', '', 'New', true,
            '[3]'{document}, {now}, '', '{{}}'{document}, '[]'{document}, '{{}}'{document},
            '{{}}'{document}, '', {now}, {now}
        FROM numbers
    """


def figures(found: dict[str, Linking]) -> dict[str, dict[str, float]]:
    """The figures by their names; of the two reports, the slower and the larger."""
    return {
        "link_1m_seconds": {
            kind: round(max(one.first_seconds, one.again_seconds), 1) for kind, one in found.items()
        },
        "link_1m_mb": {kind: round(max(one.first_mb, one.again_mb)) for kind, one in found.items()},
    }
