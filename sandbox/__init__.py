"""Amazon's Selling Partner API and BigCommerce on localhost, written from the vendors' own specs.

It shares no code with the product that is tried on it. `python -m sandbox` starts it; amazon and
bigcommerce hold one vendor each, and the modules beside them the frame in which both stand.
"""
