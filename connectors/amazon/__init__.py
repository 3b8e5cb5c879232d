"""Amazon's Selling Partner API: one module per API, wire to domain and back, no decisions.

account.py puts them together; usage_plans.py holds Amazon's limits; auth.py the login.
Source: developer-docs.amazon.com/sp-api and Amazon's published models.
"""
