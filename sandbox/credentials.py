"""The credentials that the sandbox accepts: always the same, so that a configuration stays valid.

They open nothing but a sandbox.
"""

from __future__ import annotations

from typing import Any

from sandbox.amazon.seller import SellerIdentity

SELLER = SellerIdentity(
    seller_id="A2SANDBOXSELLER",
    client_id="amzn1.application-oa2-client.sandbox",
    client_secret="amzn1.oa2-cs.v1.sandbox",
    refresh_token="Atzr|sandbox-refresh-token",
    marketplace_ids=("ATVPDKIKX0DER",),
)
STORE_HASH = "sandbox"
ACCESS_TOKEN = "sandbox-store-access-token"


def credentials_row() -> dict[str, Any]:
    """Both vendors' credentials, for the line that says that the sandbox is ready."""
    return {
        "amazon": {
            "seller_id": SELLER.seller_id,
            "client_id": SELLER.client_id,
            "client_secret": SELLER.client_secret,
            "refresh_token": SELLER.refresh_token,
            "marketplace_ids": list(SELLER.marketplace_ids),
        },
        "bigcommerce": {"store_hash": STORE_HASH, "access_token": ACCESS_TOKEN},
    }
