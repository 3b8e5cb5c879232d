"""Affluent: a BigCommerce store and its Amazon marketplaces, kept in step."""
