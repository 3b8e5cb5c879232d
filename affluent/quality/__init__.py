"""The gate: expectation suites, product-type schemas and the breaker, answering findings."""
