"""People are told what failed, once, in one digest, and where it is silent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from affluent.domain.notice import MailSecurity
from tests.behaviours.buyers import ENGRAVED, OVERSOLD, PLAIN, SHORT, item
from tests.behaviours.merchant import Merchant
from tests.fakes.mail_server import Mailbox, running_mail_server


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """The merchant's own mail server."""
    with running_mail_server() as box:
        yield box


def mail_to(box: Mailbox) -> dict[str, Any]:
    """The section notices that has mail sent there."""
    server = {"host": "127.0.0.1", "port": box.port, "security": MailSecurity.NONE.value}
    people = {"sender": "affluent@shop.example", "recipients": ["ops@shop.example"]}
    return {"mail": server | people, "kinds": ["failed_orders"]}


@pytest.mark.behaviour("S63")
def test_failed_orders_are_told_by_one_mail_and_only_once(
    merchant: Merchant, mailbox: Mailbox
) -> None:
    merchant.run("extract_catalog")
    for order_id, sku, quantity in (
        (PLAIN, "KIT-SCALE", 1),
        (SHORT, "FOOD-SAFFRON-LAST", 2),
        (ENGRAVED, "KIT-BOARD-ENGRAVED", 1),
    ):
        merchant.buy(order_id, item(sku, quantity), buyer={"buyerEmail": "ada@mail.example"})
    merchant.await_orders()
    merchant.run("import_orders", account="demo")

    silent = merchant.run("send_digest")
    assert (silent.read, silent.sent, mailbox.mails) == (2, 0, [])
    with merchant.settings(notices=mail_to(mailbox)):
        looked = merchant.run("send_digest", dry_run=True)
        first = merchant.run("send_digest")
        again = merchant.run("send_digest")
        merchant.buy(OVERSOLD, item("FOOD-SOLDOUT"))
        merchant.await_orders()
        merchant.run("import_orders", account="demo")
        later = merchant.run("send_digest")

    assert [looked.sent, first.sent, again.sent, later.sent] == [0, 1, 0, 1]
    before, after = (mail.as_string() for mail in mailbox.mails)
    assert mailbox.mails[0]["Subject"] == "Affluent: 2 orders failed"
    assert SHORT in before
    assert ENGRAVED in before
    assert "Raise the stock" in before
    assert PLAIN not in before
    assert OVERSOLD in after
    assert SHORT not in after
    assert "still open: 2 orders failed" in after
    assert "ada@mail.example" not in before + after


@pytest.mark.behaviour("S63")
def test_a_mail_server_that_is_down_hides_nothing(merchant: Merchant) -> None:
    with running_mail_server() as gone:
        section = mail_to(gone)
    merchant.buy("701-0000077-0000077", item("FOOD-SAFFRON-LAST", 900))
    merchant.await_orders()
    merchant.run("import_orders", account="demo")

    with merchant.settings(notices=section):
        failed = merchant.run("send_digest")
    with running_mail_server() as box, merchant.settings(notices=mail_to(box)):
        merchant.run("send_digest")

    assert (failed.sent, failed.refused) == (0, 1)
    assert any("does not answer" in note for note in failed.notes)
    assert "701-0000077-0000077" in box.mails[0].as_string()


@pytest.mark.behaviour("N18")
def test_an_authorisation_that_ends_is_an_alarm_everywhere(
    merchant: Merchant, mailbox: Mailbox
) -> None:
    authorised = (datetime.now(UTC) - timedelta(days=360)).date()
    notices = mail_to(mailbox) | {"kinds": ["alarms"]}
    calm = {"unread_minutes": {}}
    accounts = merchant.account(authorised_on=authorised)

    with merchant.settings(accounts=accounts, notices=notices, alarms=calm):
        shown = json.loads(merchant.ask("health", "--json", code=1))
        watched = merchant.run("watch_silence")
        merchant.run("send_digest")
    with merchant.settings(alarms=calm):
        assert merchant.ask("health") == "No alarm.\n"

    [alarm] = shown["alarms"]
    assert alarm["title"] == "The authorisation runs out within 7 days"
    assert watched.waiting == 1
    assert mailbox.mails[0]["Subject"] == "Affluent: 1 alarm"
    assert "Authorise it again" in mailbox.mails[0].as_string()
