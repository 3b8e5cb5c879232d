"""The command line of `python -m sandbox`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """How a sandbox is to be started; a port of 0 takes a free one."""

    host: str = "127.0.0.1"
    amazon_port: int = 8710
    bigcommerce_port: int = 8711
    admin_port: int = 8712
    tls: bool = False
    catalog: Path | None = None
    orders: int = 0
    seed: int = 1
    quotas: bool = True
    speed: float = 1.0
    faults: Path | None = None
    record: Path | None = None
    idle_exit: float | None = None


def parse_options(arguments: Sequence[str]) -> Options:
    """Read the command line; ends the process with a message when it is not understood."""
    parsed = vars(_parser().parse_args(arguments))
    return Options(**{**parsed, "quotas": parsed["quotas"] == "on"})


def _parser() -> argparse.ArgumentParser:
    default = Options()
    parser = argparse.ArgumentParser(
        prog="python -m sandbox",
        description="Amazon's Selling Partner API and BigCommerce on localhost.",
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
        argument_default=None,
    )
    option = parser.add_argument
    option("--host", default=default.host, help="the address to listen on")
    for server in ("amazon", "bigcommerce", "admin"):
        port = getattr(default, f"{server}_port")
        option(f"--{server}-port", type=_port, default=port, help="0 takes a free one")
    option("--tls", action="store_true", help="speak https, with a throw-away CA")
    option("--catalog", type=_file, help="v3 products, .ndjson or .ndjson.gz (default: the demo's)")
    option(
        "--orders", type=_count, default=default.orders, help="Amazon orders placed at the start"
    )
    option("--seed", type=int, default=default.seed, help="what is picked at random follows it")
    option("--quotas", choices=("on", "off"), default="on", help="whether calls are throttled")
    option("--speed", type=_positive, default=default.speed, help="how fast the clock runs")
    option("--faults", type=_file, help="a JSON list of faults in force from the start")
    option("--record", type=Path, help="a file to which whole exchanges are written")
    option("--idle-exit", type=_positive, help="end after so many seconds without a request")
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65_535:
        raise argparse.ArgumentTypeError("a port is between 0 and 65535")
    return port


def _count(text: str) -> int:
    count = int(text)
    if count < 0:
        raise argparse.ArgumentTypeError("a count is not negative")
    return count


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError("this must be a number above 0")
    return number


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {text}")
    return path
