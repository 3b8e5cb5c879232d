"""E-mail by SMTP, with the standard library."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import localtime
from typing import Final

from affluent.domain.errors import ConfigurationError, Refused, Retryable
from affluent.domain.notice import MailSecurity
from affluent.ports.notices import Message

_VENDOR: Final = "SMTP"
_TIMEOUT_SECONDS: Final = 30
_PERMANENT: Final = 500


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in. Without a `user`, nobody logs in; `trusted` replaces the system's
    certificates."""

    host: str
    port: int
    security: MailSecurity
    user: str = ""
    password: Callable[[], str] | None = None
    trusted: ssl.SSLContext | None = None


class MailChannel:
    """The NoticePort by e-mail: one mail to all recipients."""

    name = "mail"

    def __init__(self, server: MailServer, sender: str, recipients: Sequence[str]) -> None:
        self._server = server
        self._sender = sender
        self._recipients = tuple(recipients)

    def send(self, message: Message) -> None:
        """Hand the mail in; it counts as delivered when the server took it for all recipients.

        Raises ConfigurationError for a login, a sender or a recipient that is refused, Retryable
        where the server is busy or does not answer.
        """
        mail = self._written(message)
        with _explained(self._server), self._connected() as connection:
            refused = connection.send_message(mail)
        if refused:
            raise ConfigurationError(
                f"The mail server {self._server.host} takes no mail for {len(refused)} of "
                f"{len(self._recipients)} recipients.",
                fix="Correct notices.mail.recipients.",
            )

    def _written(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"] = self._sender
        mail["To"] = ", ".join(self._recipients)
        # A line break would begin another header.
        mail["Subject"] = " ".join(message.subject.split())
        mail["Date"] = localtime()
        mail["Message-ID"] = f"<{message.message_id}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        mail.add_alternative(message.html, subtype="html")
        return mail

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server, context = self._server, self._server.trusted or ssl.create_default_context()
        if server.security is MailSecurity.TLS:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=_TIMEOUT_SECONDS, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_SECONDS)
        with connection:
            if server.security is MailSecurity.STARTTLS:
                connection.starttls(context=context)
            if server.user and server.password is not None:
                connection.login(server.user, server.password())
            yield connection


@contextmanager
def _explained(server: MailServer) -> Iterator[None]:
    """SMTP's errors as ours. The server's own words are left out: they may repeat an address."""
    where = f"{server.host}:{server.port}"
    try:
        yield
    except smtplib.SMTPAuthenticationError:
        raise ConfigurationError(
            f"The mail server {where} does not accept the login.",
            fix="Correct notices.mail.user, or the password where the settings say.",
        ) from None
    except smtplib.SMTPNotSupportedError:
        raise ConfigurationError(
            f"The mail server {where} does not offer what notices.mail.security asks for.",
            fix="Choose starttls, tls or none, as the server's manual says.",
        ) from None
    except (smtplib.SMTPSenderRefused, smtplib.SMTPRecipientsRefused):
        raise ConfigurationError(
            f"The mail server {where} refuses the sender or every recipient.",
            fix="Correct notices.mail.sender and notices.mail.recipients.",
        ) from None
    except smtplib.SMTPResponseException as error:
        kind = Refused if error.smtp_code >= _PERMANENT else Retryable
        raise kind(
            f"The mail server {where} answered {error.smtp_code}.",
            vendor=_VENDOR,
            operation="send",
            status=error.smtp_code,
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise ConfigurationError(
            f"The certificate of the mail server {where} is not trusted.",
            why=f"{error.verify_message}.",
            fix="Name the host as its certificate does.",
        ) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Retryable(
            f"The mail server {where} does not answer.",
            vendor=_VENDOR,
            operation="send",
            why=f"{type(error).__name__}.",
        ) from None
