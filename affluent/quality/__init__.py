"""The gate: Great Expectations suites over a batch, Amazon's schema over an item, the breaker.

Great Expectations, pandas and jsonschema-rs are used here and nowhere else. Nothing here sends,
stores or changes anything: every check answers findings.
"""
