"""Product types: their schemas, Amazon's schema vocabulary, and the Definitions API."""
