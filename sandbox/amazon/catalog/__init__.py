"""Amazon's catalog: items by ASIN and identifier, and what the seller may not list."""
