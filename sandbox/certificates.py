"""A throw-away certificate authority, for clients that insist on https."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Certificates:
    """The files of the authority to be trusted and of the server's own certificate with its key."""

    ca_file: Path
    server_file: Path


def issue_certificates(folder: Path, host: str) -> Certificates:
    """Make an authority and a certificate for localhost, 127.0.0.1 and `host` in the folder."""
    authority = trustme.CA()
    certificate = authority.issue_cert(*sorted({"localhost", "127.0.0.1", host}))
    certificates = Certificates(folder / "ca.pem", folder / "server.pem")
    authority.cert_pem.write_to_path(certificates.ca_file)
    certificate.private_key_and_cert_chain_pem.write_to_path(certificates.server_file)
    return certificates
