"""Judges recorded HTTP exchanges by the specifications of Amazon and BigCommerce.

    judge = Judge.load(shared)
    violations = [each for exchange in read_exchanges(path) for each in judge.violations(exchange)]

`judge` holds an exchange against one `operations.Operation`; `swagger` and `openapi` make the
operations of the vendors' files; `schemas` reads their schemas as JSON Schema; `spoken_rules` has
the rules that stand only in words; `contradictions` names the places where a specification is
known to be wrong.
"""

from .contradictions import KNOWN, Contradiction
from .exchanges import Exchange, Vendor, Violation, read_exchanges
from .judge import OUTSIDE_THE_API, Judge

__all__ = [
    "KNOWN",
    "OUTSIDE_THE_API",
    "Contradiction",
    "Exchange",
    "Judge",
    "Vendor",
    "Violation",
    "read_exchanges",
]
