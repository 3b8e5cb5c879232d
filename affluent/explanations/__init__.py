"""Why a SKU or an order stands where it stands: read from our own store, changing nothing."""
