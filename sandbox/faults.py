"""What can go wrong on purpose: faults, and which of them meets a request.

A fault names the requests that it meets (vendor, method, a regular expression on the path), how
often it strikes, and what it does. How it is done to a request stands in fault_injection.py.
"""

from __future__ import annotations

import json
import random
import re
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic import field_validator as validates


class Action(StrEnum):
    """What a fault does to a request.

    STATUS answers in the vendor's place and DROP breaks the connection, both before the vendor
    hears of the request; their _AFTER twins let it take effect first. REPEAT answers as the request
    before it on the same path was answered. DELAY waits, then lets the request through, and so does
    KILL, once it has ended the process that sent it. MARK leaves it to the vendor's own code, which
    knows the mark.
    """

    STATUS = "status"
    STATUS_AFTER = "status_after"
    DROP = "drop"
    DROP_AFTER = "drop_after"
    REPEAT = "repeat"
    DELAY = "delay"
    KILL = "kill"
    MARK = "mark"


PASSING_ACTIONS = {Action.DELAY, Action.KILL, Action.MARK}
NEEDED_FIELD = {
    Action.STATUS: "status",
    Action.STATUS_AFTER: "status",
    Action.DELAY: "seconds",
    Action.MARK: "mark",
}


class InvalidFault(ValueError):
    """A fault that was not understood; its text names the field and what is wrong with it."""


class Fault(BaseModel):
    """One fault. `times` None strikes always; `skip` lets the first requests pass."""

    model_config = ConfigDict(extra="forbid")

    vendor: Literal["amazon", "bigcommerce"]
    method: str | None = None
    path: str
    action: Action
    status: int | None = Field(default=None, ge=200, le=599)
    body: Any = None
    headers: dict[str, str] = Field(default_factory=dict)
    seconds: float | None = Field(default=None, ge=0, le=600)
    mark: str | None = None
    times: int | None = Field(default=1, ge=1)
    probability: float = Field(default=1.0, gt=0, le=1)
    skip: int = Field(default=0, ge=0)

    @validates("path")
    @classmethod
    def _is_a_regular_expression(cls, path: str) -> str:
        try:
            re.compile(path)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return path

    @model_validator(mode="after")
    def _has_what_its_action_needs(self) -> Self:
        needed = NEEDED_FIELD.get(self.action)
        if needed and getattr(self, needed) is None:
            raise ValueError(f"action {self.action} needs the field {needed}")
        return self


class FaultPlan:
    """The faults in force, in order, with what each has done so far."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.clear()

    def add(self, content: object) -> list[Fault]:
        """Add one fault or a list of them, as parsed from JSON.

        Raises:
            InvalidFault: one of them was not understood; then none is added.
        """
        faults = parse_faults(content)
        self._entries += [_Entry(fault) for fault in faults]
        return faults

    def due(self, vendor: str, method: str, path: str) -> list[Fault]:
        """The faults that strike this request: passing ones, then at most one other."""
        striking: list[Fault] = []
        for entry in self._entries:
            if entry.matches(vendor, method, path) and entry.strikes(self._random):
                striking.append(entry.fault)
                if entry.fault.action not in PASSING_ACTIONS:
                    break
        return striking

    def repeats(self, vendor: str, method: str, path: str) -> bool:
        """Whether an answer to this request may be asked for again by a fault."""
        return any(
            entry.fault.action is Action.REPEAT and entry.matches(vendor, method, path)
            for entry in self._entries
        )

    def rows(self) -> list[dict[str, Any]]:
        """Each fault with the requests it has met and the times it has struck."""
        return [
            {**entry.fault.model_dump(mode="json"), "met": entry.met, "struck": entry.struck}
            for entry in self._entries
        ]

    def clear(self) -> None:
        """Take every fault away, and begin the row of chances anew."""
        self._random = random.Random(self._seed)
        self._entries: list[_Entry] = []


class _Entry:
    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        self.met = 0
        self.struck = 0
        self._path = re.compile(fault.path)

    def matches(self, vendor: str, method: str, path: str) -> bool:
        fault = self.fault
        return (
            fault.vendor == vendor
            and fault.method in (None, method)
            and self._path.search(path) is not None
        )

    def strikes(self, chance: random.Random) -> bool:
        self.met += 1
        if self.met <= self.fault.skip or self.struck == self.fault.times:
            return False
        if chance.random() >= self.fault.probability:
            return False
        self.struck += 1
        return True


def read_faults(path: Path) -> object:
    """The content of a faults' file, for FaultPlan.add.

    Raises:
        InvalidFault: the file is not JSON.
    """
    try:
        content: object = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise InvalidFault(f"{path} is not JSON: {error}") from error
    return content


def parse_faults(content: object) -> list[Fault]:
    """One fault or a list of them, from parsed JSON.

    Raises:
        InvalidFault: with the place and the cause of the first error.
    """
    entries = content if isinstance(content, list) else [content]
    try:
        return TypeAdapter(list[Fault]).validate_python(entries)
    except ValidationError as error:
        first = error.errors()[0]
        index, *fields = first["loc"]
        place = ".".join(str(field) for field in fields) or "fault"
        raise InvalidFault(f"fault {index}, {place}: {first['msg']}") from error
