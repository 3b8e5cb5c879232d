"""What goes in comes out: money to the last digit, moments, and text in any script."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from affluent.domain.money import Money
from affluent.ports.storage import UnitsOfWork
from tests.integration.storage.builders import NOON, RUN, US, a_change, a_listing, a_variant

# PostgreSQL has no text with a NUL in it, and neither database has half a surrogate pair.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")) | (
    st.sampled_from(
        ["👩‍👩‍👧‍👦 koffer 🧳", "حقيبة سفر", "מזוודה \u202e", 'O\'Brien "5" \\%_; --', "é", "ＡＢ"]
    )
)
amounts = st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.sampled_from(
    [Decimal("0.10"), Decimal("999999.99"), Decimal("0E+3"), Decimal("1E+2"), Decimal("-0.01")]
)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.builds(
    lambda seconds, zone: (datetime(1970, 1, 3, tzinfo=UTC) + seconds).astimezone(zone),
    st.timedeltas(timedelta(0), timedelta(days=80_000)),
    zones,
)
on_one_database = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@on_one_database
@given(amount=amounts, quantity=st.none() | st.integers(-(2**31), 2**31))
def test_money_and_quantities(units: UnitsOfWork, amount: Decimal, quantity: int | None) -> None:
    price = Money(amount, "JPY")
    with units() as work:
        work.variants.save([a_variant(price=price, quantity=quantity)], NOON)
        work.listings.save([a_listing(price=price, quantity=quantity)], NOON)
        [variant] = work.variants.all()
        [listing] = work.listings.of("acme-us", US)

    assert (variant.price, listing.price) == (price, price)
    assert str(variant.price.amount) == format(amount, "f")
    assert (variant.quantity, listing.quantity) == (quantity, quantity)


@on_one_database
@given(moment=moments)
def test_moments(units: UnitsOfWork, moment: datetime) -> None:
    with units() as work:
        work.cursors.set("orders", moment)
        work.commit()
        known = work.cursors.get("orders")

    assert known == moment
    assert known.tzinfo is UTC


@on_one_database
@given(key=texts, words=st.dictionaries(texts, texts, max_size=3), name=texts)
def test_texts_and_documents(
    units: UnitsOfWork, key: str, words: dict[str, str], name: str
) -> None:
    variant = a_variant(sku=key, name=name, custom_fields=words, options={name: key})
    with units() as work:
        work.variants.save([variant], NOON)
        [effect] = work.ledger.record(
            [a_change(key, payload=words, after={"name": name})], RUN, NOON, plan_hash="p"
        )
        by_sku = work.variants.by_skus([key])
        log = work.ledger.log(key)

    assert by_sku == {key: variant}
    assert (effect.key, effect.payload, effect.after) == (key, words, {"name": name})
    assert [entry.key for entry in log] == [key]
