"""Amazon's Selling Partner API on localhost, written from Amazon's own models and schemas."""
