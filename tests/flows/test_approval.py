"""A plan that waits for a person: asked in Prefect, answered there or by hand, and sent once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState
from prefect.client.schemas.objects import FlowRun
from prefect.client.schemas.responses import SetStateStatus

from tests.behaviours.merchant import HERE, Merchant
from tests.flows.processes import eventually

SKU = "OLD-BOTTLE"
ASKED_WITHIN_SECONDS = 90
CHOSEN = [part for name, value in HERE.items() for part in ("--set", f"{name}={value}")]


@pytest.fixture
def linked(prefect: SyncPrefectClient, merchant: Merchant) -> Merchant:
    """A merchant whose offers agree with the store, and who approves every price himself."""
    merchant.run("extract_catalog")
    merchant.run("link_inventory", **HERE)
    merchant.run("sync_offers", **HERE)
    merchant.write(approval={"mode": "manual"})
    return merchant


def price(merchant: Merchant, amount: str) -> None:
    merchant.change_variant(SKU, price=amount)
    merchant.run("extract_catalog")


def dearer(merchant: Merchant, percent: int) -> str:
    """The price in the store, so much dearer."""
    now = Decimal(str(merchant.variant(SKU)["calculated_price"]))
    return str((now * (100 + percent) / 100).quantize(Decimal("0.01")))


def asked() -> FlowRun | None:
    """The flow run that is paused for an answer, if any is."""
    paused = FlowRunFilter(state=FlowRunFilterState.model_validate({"type": {"any_": ["PAUSED"]}}))
    with get_client(sync_client=True) as client:
        return next(iter(client.read_flow_runs(flow_run_filter=paused)), None)


def answer(**form: str) -> Callable[[FlowRun], None]:
    def resume(run: FlowRun) -> None:
        eventually(lambda: _taken(run, {"comment": "", **form}), ASKED_WITHIN_SECONDS, "An answer")

    return resume


def _taken(run: FlowRun, form: dict[str, str]) -> bool:
    """Whether Prefect takes the answer: not before the form is there, a moment after the pause."""
    with get_client(sync_client=True) as client:
        return client.resume_flow_run(run.id, run_input=form).status is SetStateStatus.ACCEPT


def sync_answering(merchant: Merchant, *answers: Callable[[FlowRun], None]) -> Any:
    """Run sync_offers, which waits, and answer it as often as it is to be."""
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(lambda: list(_answered(answers)))
        report = merchant.run("sync_offers", **HERE)
        running.result(timeout=ASKED_WITHIN_SECONDS)
    return report


def _answered(answers: tuple[Callable[[FlowRun], None], ...]) -> Iterator[None]:
    for one in answers:
        run = eventually(asked, ASKED_WITHIN_SECONDS, "The question")
        assert run is not None
        yield one(run)


def plans(merchant: Merchant) -> list[dict[str, Any]]:
    return list(json.loads(merchant.ask("plans", "--json")))


def log(merchant: Merchant) -> str:
    return json.dumps(merchant.explain("sku", SKU)["log"])


@pytest.mark.behaviour("N1")
def test_a_person_approves_in_prefect_and_exactly_that_is_sent(linked: Merchant) -> None:
    price(linked, dearer(linked, 5))

    report = sync_answering(linked, answer(decision="approve", decided_by="Ann", comment="sale"))

    assert report.sent == 1
    assert report.awaits == ""
    [applied, *_] = plans(linked)
    assert (applied["state"], applied["decided_by"]) == ("applied", "Ann")
    assert applied["plan_hash"] == report.plan_hash
    assert "was approved by Ann on" in log(linked)
    assert "UTC: sale" in log(linked)


@pytest.mark.behaviour("N1")
def test_a_person_refuses_and_nothing_is_sent_then_or_later(linked: Merchant) -> None:
    price(linked, dearer(linked, 5))
    before = len(linked.sent_to_amazon(SKU))

    report = sync_answering(linked, answer(decision="refuse", decided_by="Ann", comment="too low"))
    again = linked.run("sync_offers", **HERE)

    assert len(linked.sent_to_amazon(SKU)) == before
    assert report.held == again.held == {"not_approved": 1}
    assert report.awaits == again.awaits == ""
    assert "was refused by Ann" in log(linked)


@pytest.mark.behaviour("N1")
def test_what_moved_while_a_person_thought_is_not_sent_and_is_asked_about_anew(
    linked: Merchant,
) -> None:
    price(linked, dearer(linked, 5))
    sent = len(linked.sent_to_amazon(SKU))
    yes = answer(decision="approve", decided_by="Ann")

    def move_then_approve(run: FlowRun) -> None:
        price(linked, dearer(linked, 3))
        yes(run)

    def refuse_the_second(run: FlowRun) -> None:
        assert len(linked.sent_to_amazon(SKU)) == sent
        answer(decision="refuse", decided_by="Ben")(run)

    report = sync_answering(linked, move_then_approve, refuse_the_second)

    assert report.sent == 0
    assert len(linked.sent_to_amazon(SKU)) == sent
    second, first, *_ = plans(linked)
    assert (second["state"], first["state"]) == ("refused", "superseded")
    assert second["plan_hash"] != first["plan_hash"]
    assert f"different {SKU} price" in second["moved"]


@pytest.mark.behaviour("N1")
def test_what_is_approved_by_hand_is_applied_by_the_next_run_if_it_is_the_same(
    linked: Merchant,
) -> None:
    price(linked, dearer(linked, 5))
    planned = json.loads(linked.ask("plan", "sync_offers", *CHOSEN, "--json"))["plans"][0]
    linked.ask("approve", planned["plan_hash"][:12], "--by", "Ann")
    price(linked, dearer(linked, 3))
    sent = len(linked.sent_to_amazon(SKU))

    moved = sync_answering(linked, answer(decision="refuse", decided_by="Ben"))
    assert (moved.sent, len(linked.sent_to_amazon(SKU))) == (0, sent)

    wanted = dearer(linked, 4)
    price(linked, wanted)
    same = json.loads(linked.ask("plan", "sync_offers", *CHOSEN, "--json"))["plans"][0]
    linked.ask("approve", same["plan_hash"], "--by", "Ann")
    report = linked.run("sync_offers", **HERE)

    assert (report.plan_hash, report.sent) == (same["plan_hash"], 1)
    [field] = json.loads(linked.ask("plans", "show", same["plan_hash"], "--json"))["fields"]
    assert (field["field"], field["after"]) == ("price", wanted)


@pytest.mark.behaviour("N1")
def test_within_the_limits_of_a_threshold_nobody_is_asked(linked: Merchant) -> None:
    linked.write(approval={"mode": "threshold", "largest_price_move": 0.04})
    price(linked, dearer(linked, 3))
    within = linked.run("sync_offers", **HERE)

    price(linked, dearer(linked, 6))
    beyond = sync_answering(linked, answer(decision="refuse", decided_by="Ann"))

    assert (within.sent, beyond.sent) == (1, 0)
    refused, passed, *_ = plans(linked)
    assert (passed["state"], passed["decided_by"]) == ("applied", "threshold")
    assert (refused["state"], refused["decided_by"]) == ("refused", "Ann")
    [why] = refused["objections"]
    assert why == f"1 price would move by more than 4%, that of {SKU} by 6%"
