"""Where the sandbox is reached: three bound sockets, their URLs, and the line that names them."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Any, Self

from sandbox.certificates import Certificates
from sandbox.credentials import credentials_row
from sandbox.options import Options

TOKEN_PATH = "/auth/o2/token"
EVERY_ADDRESS = "0.0.0.0"
CONNECTIONS_IN_WAITING = 1024


@dataclass(frozen=True)
class Endpoint:
    """A bound socket, and the URL under which clients reach it."""

    socket: socket.socket
    url: str

    @classmethod
    def bind(cls, host: str, port: int, scheme: str) -> Self:
        """Bind a port; 0 takes a free one.

        Raises:
            OSError: the address is not free.
        """
        bound = _tcp_socket()
        try:
            bound.bind((host, port))
        except OSError as error:
            bound.close()
            raise OSError(f"cannot listen on {host}:{port}: {error.strerror}") from error
        bound.listen(CONNECTIONS_IN_WAITING)
        reachable_host = "127.0.0.1" if host == EVERY_ADDRESS else host
        return cls(bound, f"{scheme}://{reachable_host}:{bound.getsockname()[1]}")


def _tcp_socket() -> socket.socket:
    # asyncio sends without delay (TCP_NODELAY) only on sockets that say they are TCP; on others
    # every small answer waits 40 ms for the client's acknowledgement.
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    return made


@dataclass(frozen=True)
class Endpoints:
    """The three ports. The admin port speaks http even where the vendors speak https."""

    amazon: Endpoint
    bigcommerce: Endpoint
    admin: Endpoint

    @classmethod
    def bind(cls, options: Options) -> Self:
        """Bind all three, before anything else is done that takes time."""
        scheme = "https" if options.tls else "http"
        return cls(
            amazon=Endpoint.bind(options.host, options.amazon_port, scheme),
            bigcommerce=Endpoint.bind(options.host, options.bigcommerce_port, scheme),
            admin=Endpoint.bind(options.host, options.admin_port, "http"),
        )

    def ready_row(self, certificates: Certificates | None) -> dict[str, Any]:
        """What the sandbox says of itself when all three ports accept."""
        row = {
            "amazon": self.amazon.url,
            "lwa": self.amazon.url + TOKEN_PATH,
            "bigcommerce": self.bigcommerce.url,
            "admin": self.admin.url,
            "credentials": credentials_row(),
        }
        if certificates:
            row["ca_file"] = str(certificates.ca_file)
        return row
