"""Feeds: their queue, the processing of JSON_LISTINGS_FEED, and the Feeds API."""
