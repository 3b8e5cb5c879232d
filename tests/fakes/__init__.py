"""Vendors in memory that satisfy the ports, with a switch for each of their bad habits."""
