"""What the product needs from the outside, as Protocols, one module a neighbour.

Connectors, storage and quality implement them; bootstrap is the only place that knows which.
"""
