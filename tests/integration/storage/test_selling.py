"""What a merchant gave for his selling lists, on both databases."""

from dataclasses import replace
from decimal import Decimal

from affluent.domain.ending import Ending, Way
from affluent.domain.given import GivenAsin, GivenOverride
from affluent.domain.list_place import ListPlace
from affluent.domain.offer.override import OfferOverride
from affluent.domain.sku_mapping import SkuPair
from affluent.ports.storage import UnitsOfWork
from affluent.submissions.endings import endings_of, forget_endings
from tests.integration.storage.builders import LATER, NOON, US


def test_sku_pairs_are_kept_by_account_and_replaced_by_amazon_s_sku(units: UnitsOfWork) -> None:
    first = [SkuPair("B", "MUG", "acme", "pairs.csv"), SkuPair("a", "CUP"), SkuPair("B", "JUG")]
    with units() as work:
        work.sku_mappings.save(first, NOON)
        work.sku_mappings.save([SkuPair("B", "POT", source="by hand")], LATER)
        work.commit()
    with units() as work:
        kept = work.sku_mappings.all()

    assert kept == [
        SkuPair("B", "POT", source="by hand"),
        SkuPair("a", "CUP"),
        SkuPair("B", "MUG", "acme", "pairs.csv"),
    ]


def test_only_what_bears_the_same_key_is_forgotten(units: UnitsOfWork) -> None:
    pairs = [SkuPair("A", "MUG", "acme"), SkuPair("A", "CUP"), SkuPair("B", "JUG", "acme")]
    with units() as work:
        work.sku_mappings.save(pairs, NOON)
        work.sku_mappings.remove([SkuPair("A", "another", "acme"), SkuPair("C", "unknown")])

        assert work.sku_mappings.all() == [SkuPair("A", "CUP"), SkuPair("B", "JUG", "acme")]


def test_asins_and_overrides_come_back_as_they_were_given(units: UnitsOfWork) -> None:
    asins = [GivenAsin("acme", US, "0012", "B000TEST01", "a.csv"), GivenAsin("acme", US, "é", "X")]
    whole = OfferOverride(Decimal("19.90"), 0, 2, Decimal("0.10"), Decimal(1_000))
    given = [
        GivenOverride("Summer", "MUG", whole, "o.csv"),
        GivenOverride("Summer", "POT", OfferOverride(quantity=3)),
    ]
    with units() as work:
        work.asins.save(asins, NOON)
        work.overrides.save(given, NOON)
        work.commit()
    with units() as work:
        assert work.asins.all() == asins
        assert work.overrides.all() == given


def test_any_number_of_rows_is_saved_and_forgotten(units: UnitsOfWork) -> None:
    many = [SkuPair(f"A-{number}", f"S-{number}") for number in range(25_000)]
    with units() as work:
        work.sku_mappings.save(many, NOON)
        work.sku_mappings.remove(many[1:])

        assert work.sku_mappings.all() == many[:1]


def test_endings_are_kept_and_forgotten_by_place_and_sku(units: UnitsOfWork) -> None:
    first = Ending("acme", US, "MUG", Way.END, "named by its SKU")
    later = replace(first, way=Way.DELETE, relisting=True)
    other = Ending("other", US, "MUG", Way.ZERO, "left the list")
    with units() as work:
        work.endings.save([first, other], NOON)
        work.endings.save([later], LATER)
        work.commit()
    with units() as work:
        assert endings_of("acme", US, work) == {"MUG": later}
        forget_endings("acme", US, {"MUG", "CUP"}, work)

        assert work.endings.all() == [other]


def test_a_list_stays_where_it_was_first_used(units: UnitsOfWork) -> None:
    first, second = ListPlace("acme", US), ListPlace("other", US)
    with units() as work:
        work.list_places.lock({"Summer": first}, NOON)
        work.list_places.lock({"Summer": second, "Winter": second}, LATER)

        assert work.list_places.all() == {"Summer": first, "Winter": second}
