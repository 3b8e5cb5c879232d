"""The values that the catalog works out: calculated price and weight, inherited by variants.

Nothing is added or multiplied here; one of the given numbers is chosen.
"""

from __future__ import annotations

from sandbox.bigcommerce.catalog.products import Product


def recalculate(product: Product) -> None:
    """Set the calculated fields of a product and its variants after a change of any price."""
    product.prepared = None
    product_price = product.get("sale_price") or product.get("price")
    product.fields["calculated_price"] = product_price
    for variant in product.variants:
        own_price = variant.get("price")
        inherited = product_price if own_price is None else own_price
        variant["calculated_price"] = variant.get("sale_price") or inherited
        own_weight = variant.get("weight")
        variant["calculated_weight"] = product.get("weight") if own_weight is None else own_weight
