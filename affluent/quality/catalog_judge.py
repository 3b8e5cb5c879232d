"""The judge of the catalog, as the port affluent.ports.gate asks for it."""

from __future__ import annotations

from pathlib import Path

from affluent.domain.catalog_quality import CatalogSample, CatalogVerdict


class DataDocsJudge:
    """Judges with Great Expectations, which is loaded with the first sample; `docs` is the folder
    that its pages are written to."""

    def __init__(self, docs: Path) -> None:
        self._docs = docs

    def judge(self, sample: CatalogSample) -> CatalogVerdict:
        """Every check over a sample; none over an empty one."""
        if not sample.variants:
            return CatalogVerdict(judged=0, total=sample.total)
        from affluent.quality import catalog_docs  # costs seconds

        return catalog_docs.judge(sample, self._docs)
