"""Amazon's 23 marketplaces: ids, currencies, regions and languages.

Source: developer-docs.amazon.com/sp-api/docs/marketplace-ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Region(StrEnum):
    """Amazon's selling regions; one endpoint and one authorisation each."""

    NORTH_AMERICA = "na"
    EUROPE = "eu"
    FAR_EAST = "fe"


@dataclass(frozen=True, slots=True)
class Marketplace:
    """One Amazon marketplace."""

    country: str
    marketplace_id: str
    currency: str
    region: Region
    locale: str


_ROWS: Final = """
US ATVPDKIKX0DER  USD na en_US
CA A2EUQ1WTGCTBG2 CAD na en_CA
MX A1AM78C64UM0Y8 MXN na es_MX
BR A2Q3Y263D00KWC BRL na pt_BR
GB A1F83G8C2ARO7P GBP eu en_GB
DE A1PA6795UKMFR9 EUR eu de_DE
FR A13V1IB3VIYZZH EUR eu fr_FR
IT APJ6JRA9NG5V4  EUR eu it_IT
ES A1RKKUPIHCS9HS EUR eu es_ES
NL A1805IZSGTT6HS EUR eu nl_NL
BE AMEN7PMS3EDWL  EUR eu fr_BE
IE A28R8C7NBKEWEA EUR eu en_IE
SE A2NODRKZP88ZB9 SEK eu sv_SE
PL A1C3SOZRARQ6R3 PLN eu pl_PL
TR A33AVAJ2PDY3EV TRY eu tr_TR
AE A2VIGQ35RCS4UG AED eu en_AE
SA A17E79C6D8DWNP SAR eu ar_SA
EG ARBP9OOSHTCHU  EGP eu ar_EG
ZA AE08WJ6YKNBMC  ZAR eu en_ZA
IN A21TJRUUN4KGV  INR eu en_IN
JP A1VC38T7YXB528 JPY fe ja_JP
SG A19VAU5U5O7RUS SGD fe en_SG
AU A39IBJ37TRP1C6 AUD fe en_AU
"""

MARKETPLACES: Final[tuple[Marketplace, ...]] = tuple(
    Marketplace(country, marketplace_id, currency, Region(region), locale)
    for country, marketplace_id, currency, region, locale in map(str.split, _ROWS.split("\n")[1:-1])
)

_SELLER_CENTRAL: Final = {
    "IN": "sellercentral.amazon.in",
    "JP": "sellercentral.amazon.co.jp",
    "SG": "sellercentral.amazon.sg",
    "AU": "sellercentral.amazon.com.au",
    Region.NORTH_AMERICA: "sellercentral.amazon.com",
    Region.EUROPE: "sellercentral-europe.amazon.com",
}


def seller_central(marketplace: Marketplace) -> str:
    """The address of the seller's own pages for a marketplace."""
    host = _SELLER_CENTRAL.get(marketplace.country) or _SELLER_CENTRAL[marketplace.region]
    return f"https://{host}"


_BY_NAME: Final = {row.country: row for row in MARKETPLACES} | {
    row.marketplace_id: row for row in MARKETPLACES
}


def find_marketplace(name: str) -> Marketplace | None:
    """The marketplace of a country code (US, GB, …; UK is GB) or a marketplace id."""
    return _BY_NAME.get("GB" if name.upper() == "UK" else name.upper())
