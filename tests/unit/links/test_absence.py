"""Which listings end when reports no longer have them."""

from dataclasses import replace

from affluent.domain.listing import ListingStatus
from affluent.domain.variation import Kinship, Parentage
from affluent.links.absence import ended_listings
from tests.builders.listings import listing


def test_what_stands_on_amazon_ends_and_a_parent_and_what_waits_do_not() -> None:
    sold = listing(sku="SOLD", status=ListingStatus.LINKED)
    child = replace(sold, sku="CHILD", kinship=Kinship(Parentage.CHILD, "PARENT", "COLOR"))
    parent = replace(sold, sku="PARENT", kinship=Kinship(Parentage.PARENT, theme="COLOR"))
    waits = replace(sold, sku="WAITS", status=ListingStatus.PENDING)

    ended = ended_listings([sold, child, parent, waits])

    assert [one.sku for one in ended] == ["SOLD", "CHILD"]
    assert {(one.status, one.buyable) for one in ended} == {(ListingStatus.ENDED, False)}
