"""Filling the attributes of a product type from a variant, by the rules of a creation profile."""

from affluent.listings.attributes.rendering import Renderer, render

__all__ = ["Renderer", "render"]
