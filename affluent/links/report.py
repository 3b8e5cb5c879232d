"""What a run of linking says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from affluent.domain.report import RunReport
from affluent.links.linking import LinkTally


def link_run_report(
    flow: str, tally: LinkTally, notes: Iterable[str] = (), *, dry_run: bool
) -> RunReport:
    """The figures of a run, and in words whatever a person may have to look at."""
    held = {"unlinked": tally.unlinked, "ambiguous": tally.held}
    return RunReport(
        flow=flow,
        read=tally.read,
        planned=tally.linked,
        unchanged=tally.already,
        held={reason: count for reason, count in held.items() if count},
        effective=0 if dry_run else tally.linked,
        notes=(*notes, *_notes(tally)),
    )


def _notes(tally: LinkTally) -> Iterator[str]:
    yield f"{tally.linked} linked, {tally.unlinked} without a product."
    if tally.held:
        yield f"{tally.held} have several products of the same SKU; give each its own."
    if tally.moved:
        yield f"{tally.moved} are shipped by another than before, Amazon or the merchant."
    if tally.returned.count:
        yield f"Back on Amazon and linked again: {tally.returned}."
    if tally.missing.count:
        yield (
            f"Missing from this report: {tally.missing}. They keep their links until the "
            "next report agrees."
        )
    if tally.ended.count:
        yield f"Ended, for two reports in a row lack them: {tally.ended}."
