"""HTTP for every vendor: transport, quota, retry, errors, redaction, paging.

The only package of the product that knows httpx beside the vendors' authentication; it knows no
vendor.
"""
