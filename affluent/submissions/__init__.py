"""Sending what passed the gate: recorded before it leaves, resolved after, read back at the end.

Listings and offers are sent in the same two ways, single calls or a feed, and are verified alike.
"""
