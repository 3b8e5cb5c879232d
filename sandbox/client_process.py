"""Ending the process at the other end of a connection, as kill -9 does. Linux only.

The kernel's table of sockets names the inode of the client's end, and one process holds it open.
"""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

_SOCKETS = Path("/proc/net/tcp")
_PROCESSES = Path("/proc")


def kill_client(client_port: int, server_port: int) -> None:
    """Kill whoever holds the end at `client_port` of a connection to `server_port` on this machine.

    Nobody is killed where the connection has ended by now; never the sandbox itself.
    """
    inode = _inode(client_port, server_port)
    for process_id in _holders(inode) if inode else ():
        if process_id != os.getpid():
            with suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGKILL)


def _inode(local_port: int, remote_port: int) -> str | None:
    for line in _SOCKETS.read_text("ascii").splitlines()[1:]:
        fields = line.split()
        if (_port(fields[1]), _port(fields[2])) == (local_port, remote_port):
            return fields[9]
    return None


def _port(address: str) -> int:
    return int(address.rpartition(":")[2], 16)


def _holders(inode: str) -> list[int]:
    target = f"socket:[{inode}]"
    return [
        int(folder.name)
        for folder in _PROCESSES.iterdir()
        if folder.name.isdecimal() and _holds(folder / "fd", target)
    ]


def _holds(descriptors: Path, target: str) -> bool:
    with suppress(OSError):
        for descriptor in descriptors.iterdir():
            with suppress(OSError):
                if str(descriptor.readlink()) == target:
                    return True
    return False
