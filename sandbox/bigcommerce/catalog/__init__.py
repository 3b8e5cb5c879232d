"""The store's catalog: products with their parts, brands, categories, and how they are queried."""
