"""What a merchant may decide about the gate: which of its softer rules hold, and when it stops."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from affluent.domain.issue import Reason


class Allowable(StrEnum):
    """The reasons that a merchant may allow: Amazon asks for it, or we do, and what
    breaks it may be taken all the same."""

    RESTRICTED_BARCODE = Reason.RESTRICTED_BARCODE.value
    TITLE_CHARACTERS = Reason.TITLE_CHARACTERS.value
    INSECURE_IMAGE = Reason.INSECURE_IMAGE.value


@dataclass(frozen=True, slots=True)
class GateRules:
    """For what nothing is held, and how much of what is selected may be flawed.

    A batch stops when more than `largest_held_share` of all that is selected is held, and no fewer
    than `fewest_held` of them.
    """

    allowed: frozenset[Reason] = frozenset()
    largest_held_share: Decimal = Decimal("0.5")
    fewest_held: int = 20


#: What holds where the merchant decides nothing.
STANDARD_RULES: Final = GateRules()
