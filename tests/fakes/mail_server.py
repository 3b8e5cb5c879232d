"""A real SMTP server on this machine: mail is read as it arrived."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from affluent.domain.notice import MailSecurity

USER, PASSWORD = "affluent", "s3cr3t-of-the-mail"


@dataclass
class Mailbox:
    """What the server took. `answer` is what it says instead of taking a mail, if anything."""

    port: int = 0
    trusted: ssl.SSLContext | None = None
    mails: list[EmailMessage] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    answer: str = ""

    async def handle_DATA(  # noqa: N802  as aiosmtpd names it
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a mail."""
        if self.answer:
            return self.answer
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 taken"

    async def handle_RCPT(  # noqa: N802  as aiosmtpd names it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take a recipient, unless nobody is there of that name."""
        if address.startswith("nobody@"):
            return f"550 no such user: {address}"
        envelope.rcpt_tos.append(address)
        return "250 fine"

    def log_in(self, _server: Any, _session: Any, _envelope: Any, _way: str, given: Any) -> Any:
        """Let in who knows the password."""
        if not isinstance(given, LoginPassword):
            return AuthResult(success=False, handled=False)
        self.logins.append(given.login.decode())
        return AuthResult(success=given.password == PASSWORD.encode(), handled=False)


@contextmanager
def running_mail_server(
    security: MailSecurity = MailSecurity.NONE, *, asks_for_login: bool = False
) -> Iterator[Mailbox]:
    """A server on a free port of 127.0.0.1, with a certificate that `trusted` knows."""
    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    box = Mailbox(trusted=ssl.create_default_context())
    authority.configure_trust(box.trusted)
    controller = _Controller(
        box,
        hostname="127.0.0.1",
        port=0,
        ssl_context=context if security is MailSecurity.TLS else None,
        tls_context=context if security is MailSecurity.STARTTLS else None,
        require_starttls=security is MailSecurity.STARTTLS,
        authenticator=box.log_in,
        auth_required=asks_for_login,
        auth_require_tls=security is MailSecurity.STARTTLS,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


class _Controller(Controller):
    """A server that tells its free port."""

    def _trigger_server(self) -> None:
        # aiosmtpd would look for itself at the port it was asked for, and with a server's context.
        box: Mailbox = self.handler
        box.port = self.server.sockets[0].getsockname()[1]
        with socket.create_connection(("127.0.0.1", box.port), timeout=10) as connection:
            if self.ssl_context is not None and box.trusted is not None:
                connection = box.trusted.wrap_socket(connection, server_hostname="127.0.0.1")
            connection.recv(1024)
            connection.close()
