"""BigCommerce on localhost: its REST API over a store in memory, written from its own specs."""
