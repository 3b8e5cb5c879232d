"""A sandbox process of its own for a test: started on free ports, and ended with the test."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

PROJECT = Path(__file__).resolve().parents[2]
FREE_PORTS = ["--amazon-port", "0", "--bigcommerce-port", "0", "--admin-port", "0"]


@dataclass
class RunningSandbox:
    """A started sandbox: its process and what it said of itself."""

    process: subprocess.Popen[str]
    ready: dict[str, Any]

    def admin(self, **options: Any) -> httpx.Client:
        """A client of the admin port."""
        return httpx.Client(base_url=self.ready["admin"], timeout=10, **options)

    def amazon(self, **options: Any) -> httpx.Client:
        """A client of Amazon's API with an access token."""
        credentials = self.ready["credentials"]["amazon"]
        granted = httpx.post(
            self.ready["lwa"],
            data={
                "grant_type": "refresh_token",
                "refresh_token": credentials["refresh_token"],
                "client_id": credentials["client_id"],
                "client_secret": credentials["client_secret"],
            },
            **options,
        )
        headers = {"x-amz-access-token": granted.json()["access_token"]}
        return httpx.Client(base_url=self.ready["amazon"], headers=headers, timeout=10, **options)

    def bigcommerce(self, **options: Any) -> httpx.Client:
        """A client of the store's API with its token; paths begin with /v2 or /v3."""
        credentials = self.ready["credentials"]["bigcommerce"]
        return httpx.Client(
            base_url=f"{self.ready['bigcommerce']}/stores/{credentials['store_hash']}",
            headers={"X-Auth-Token": credentials["access_token"], "Accept": "application/json"},
            timeout=10,
            **options,
        )

    def end(self) -> int:
        """Ask it to end, and return its exit status."""
        self.process.terminate()
        return self.process.wait(timeout=10)


@contextmanager
def running_sandbox(*arguments: str, python: str = sys.executable) -> Iterator[RunningSandbox]:
    """A sandbox with these arguments, on free ports; `python` is the one that has what it needs."""
    command = [python, "-m", "sandbox", *FREE_PORTS, *arguments]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            yield RunningSandbox(process, json.loads(line))
        finally:
            process.kill()
