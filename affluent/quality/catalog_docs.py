"""Judges a sample of the catalog with Great Expectations, and writes its Data Docs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd
from great_expectations import ValidationDefinition

from affluent.domain.catalog_quality import CatalogSample, CatalogVerdict, QualityCheck
from affluent.domain.errors import InvariantBroken
from affluent.quality.catalog_suite import TITLE, catalog_row, catalog_suite
from affluent.quality.context import quiet_context

_SITE: Final = "catalog"
_EXAMPLES: Final = 5
_POSITION: Final = "position"
_RESULT_FORMAT: Final[dict[str, Any]] = {
    "result_format": "SUMMARY",
    "partial_unexpected_count": _EXAMPLES,
    "unexpected_index_column_names": [_POSITION],
}


def judge(sample: CatalogSample, docs: Path) -> CatalogVerdict:
    """Judge a sample that is not empty, and show the result below `docs`, instead of the last.

    A folder that cannot be written spoils the page, not the verdict, which names the problem.
    """
    context = _context(docs / _SITE)
    validation = _validation(context)
    frame = pd.DataFrame(map(catalog_row, sample.variants), dtype=object)
    frame[_POSITION] = range(len(sample.variants))
    verdict = validation.run(batch_parameters={"dataframe": frame}, result_format=_RESULT_FORMAT)
    return CatalogVerdict(
        judged=len(sample.variants),
        total=sample.total,
        checks=tuple(_check(outcome, sample) for outcome in verdict.results),
        **_shown(context, docs / _SITE),
    )


def _context(folder: Path) -> Any:
    context = quiet_context()
    site: Any = {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {
            "class_name": "TupleFilesystemStoreBackend",
            "base_directory": str(folder.absolute()),
        },
        "show_how_to_buttons": False,
    }
    context.variables.data_docs_sites = {_SITE: site}
    return context


def _validation(context: Any) -> ValidationDefinition:
    asset = context.data_sources.add_pandas("catalog").add_dataframe_asset("variants")
    batch = asset.add_batch_definition_whole_dataframe("sample")
    suite = context.suites.add(catalog_suite())
    definition = ValidationDefinition(name="catalog", data=batch, suite=suite)
    validation: ValidationDefinition = context.validation_definitions.add(definition)
    return validation


def _shown(context: Any, folder: Path) -> dict[str, str]:
    try:
        # Pages of earlier runs, which no index would name any more.
        shutil.rmtree(folder / "validations", ignore_errors=True)
        context.build_data_docs(site_names=[_SITE])
    except OSError as error:
        problem = f"Data Docs cannot be written to {folder}: {error.strerror}."
        return {"problem": f"{problem} Name a folder of yours as data_docs in the settings."}
    return {"page": str(folder / "index.html")}


def _check(outcome: Any, sample: CatalogSample) -> QualityCheck:
    configuration, result = outcome.expectation_config, outcome.result
    if not result:
        raise InvariantBroken(
            f"The expectation {configuration.type} could not be judged.",
            why=str(outcome.exception_info),
        )
    return QualityCheck(
        title=configuration.meta[TITLE],
        judged=result["element_count"] - (result.get("missing_count") or 0),
        failed=result["unexpected_count"],
        examples=_examples(result.get("partial_unexpected_index_list") or (), sample),
    )


def _examples(places: Sequence[dict[str, Any]], sample: CatalogSample) -> tuple[str, ...]:
    variants = [sample.variants[int(place[_POSITION])] for place in places[:_EXAMPLES]]
    return tuple(one.sku or one.name for one in variants)
