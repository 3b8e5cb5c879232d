"""What a merchant gives by file: SKU mappings, ASINs and overrides, each read and written."""
