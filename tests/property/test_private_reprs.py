"""Whatever a buyer is called and wherever he lives: no value that holds it shows it."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from affluent.domain.order import AmazonOrder, Buyer, OrderDraft, Recipient
from affluent.domain.order_policy import OrderPolicy
from affluent.orders.draft import SkuResolution, draft_order
from affluent.orders.extract import Recorded
from affluent.privacy.form import order_of, text_of
from tests.builders.orders import amazon_order, recorded_order
from tests.builders.privacy import sealer

#: Digits and letters in a row that no other value has.
_WORDS = st.text("QXZ0123456789", min_size=12, max_size=20)
_BUYERS = st.builds(Buyer, _WORDS, _WORDS)
_RECIPIENTS = st.builds(Recipient, **{one.name: _WORDS for one in fields(Recipient)})
_ORDERS = st.builds(
    lambda buyer, recipient: amazon_order(buyer=buyer, recipient=recipient), _BUYERS, _RECIPIENTS
)


@given(order=_ORDERS)
def test_no_repr_shows_a_buyer(order: AmazonOrder) -> None:
    draft = draft_order(order, SkuResolution({}, {}), OrderPolicy())
    recorded = Recorded(1, {order.order_id: order}, {order.order_id: recorded_order()})

    shown = [f"{one!r}{one!s}" for one in (order, order.buyer, order.recipient, draft, recorded)]

    assert not [word for word in _private(order, draft) for text in shown if word in text]


@given(order=_ORDERS)
def test_an_order_is_sealed_and_opened_as_it_was(order: AmazonOrder) -> None:
    ours = sealer()
    content = ours.seal("owner", text_of(order))

    opened = ours.open("owner", ours.newest, content)

    assert opened is not None
    assert order_of(opened) == order
    assert not [word for word in _private(order) if word.encode() in content]


@given(text=st.text() | st.sampled_from(["{}", "[]", "null", '{"lines": 3}']))
def test_what_is_no_order_of_ours_is_read_as_none(text: str) -> None:
    assert order_of(text) is None


def test_a_form_with_fields_of_another_version_is_read_as_far_as_it_is_known() -> None:
    order = amazon_order()
    wider = text_of(order).replace('"programs":', '"invented_later":1,"programs":')

    assert wider != text_of(order)
    assert order_of(wider) == replace(order)


def _private(order: AmazonOrder, draft: OrderDraft | None = None) -> list[str]:
    words = [getattr(order.recipient, one.name) for one in fields(Recipient)]
    written = [draft.email] if draft else []
    return [*words, order.buyer.name, order.buyer.email, *written]
