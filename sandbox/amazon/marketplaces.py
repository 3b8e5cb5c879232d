"""Amazon's stores: identifiers, currencies, languages and domains.

Identifiers from developer-docs.amazon.com/sp-api/docs/marketplace-ids.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Marketplace:
    """One store of Amazon."""

    country_code: str
    marketplace_id: str
    currency: str
    language: str
    domain: str
    region: str

    @property
    def name(self) -> str:
        """The store's name as shoppers know it, e.g. Amazon.co.uk."""
        return self.domain.capitalize()

    @property
    def amazon_fulfillment_channel(self) -> str:
        """The fulfilment channel code of stock that lies with Amazon."""
        return _AMAZON_FULFILLMENT_CHANNELS[self.region]


_AMAZON_FULFILLMENT_CHANNELS = {"na": "AMAZON_NA", "eu": "AMAZON_EU", "fe": "AMAZON_JP"}

_ROWS = """
US ATVPDKIKX0DER  USD en_US amazon.com    na
CA A2EUQ1WTGCTBG2 CAD en_CA amazon.ca     na
MX A1AM78C64UM0Y8 MXN es_MX amazon.com.mx na
BR A2Q3Y263D00KWC BRL pt_BR amazon.com.br na
GB A1F83G8C2ARO7P GBP en_GB amazon.co.uk  eu
DE A1PA6795UKMFR9 EUR de_DE amazon.de     eu
FR A13V1IB3VIYZZH EUR fr_FR amazon.fr     eu
IT APJ6JRA9NG5V4  EUR it_IT amazon.it     eu
ES A1RKKUPIHCS9HS EUR es_ES amazon.es     eu
NL A1805IZSGTT6HS EUR nl_NL amazon.nl     eu
BE AMEN7PMS3EDWL  EUR fr_BE amazon.com.be eu
IE A28R8C7NBKEWEA EUR en_IE amazon.ie     eu
SE A2NODRKZP88ZB9 SEK sv_SE amazon.se     eu
PL A1C3SOZRARQ6R3 PLN pl_PL amazon.pl     eu
TR A33AVAJ2PDY3EV TRY tr_TR amazon.com.tr eu
AE A2VIGQ35RCS4UG AED en_AE amazon.ae     eu
SA A17E79C6D8DWNP SAR ar_SA amazon.sa     eu
EG ARBP9OOSHTCHU  EGP ar_EG amazon.eg     eu
ZA AE08WJ6YKNBMC  ZAR en_ZA amazon.co.za  eu
IN A21TJRUUN4KGV  INR en_IN amazon.in     eu
JP A1VC38T7YXB528 JPY ja_JP amazon.co.jp  fe
AU A39IBJ37TRP1C6 AUD en_AU amazon.com.au fe
SG A19VAU5U5O7RUS SGD en_SG amazon.sg     fe
"""

MARKETPLACES = {
    marketplace.marketplace_id: marketplace
    for marketplace in (Marketplace(*row.split()) for row in _ROWS.strip().splitlines())
}


def is_amazon_fulfillment(channel_code: str) -> bool:
    """Whether the channel's stock lies with Amazon (FBA) and not with the seller."""
    return channel_code.startswith("AMAZON_")
