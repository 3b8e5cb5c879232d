"""Mail reaches a real SMTP server on each way, and failures are told without a secret."""

from __future__ import annotations

from dataclasses import replace

import pytest

from affluent.domain.errors import AffluentError, ConfigurationError, Refused, Retryable
from affluent.domain.notice import MailSecurity
from affluent.ports.notices import Message
from connectors.notices.mail import MailChannel, MailServer
from tests.fakes.mail_server import PASSWORD, USER, Mailbox, running_mail_server

MESSAGE = Message("Affluent: 1 order failed", "Text – ü", "<p>HTML – ü</p>", "abc@affluent")
EVERY_WAY = pytest.mark.parametrize("security", MailSecurity)


def server_of(box: Mailbox, security: MailSecurity, password: str = PASSWORD) -> MailServer:
    return MailServer("127.0.0.1", box.port, security, USER, lambda: password, box.trusted)


def channel(server: MailServer, *recipients: str) -> MailChannel:
    return MailChannel(server, "affluent@shop.example", recipients or ("ops@shop.example",))


@EVERY_WAY
def test_a_mail_arrives_whole_on_every_way(security: MailSecurity) -> None:
    with running_mail_server(security, asks_for_login=security is not MailSecurity.NONE) as box:
        server = server_of(box, security)
        if security is MailSecurity.NONE:
            server = replace(server, user="", password=None)
        channel(server, "ops@shop.example", "boss@shop.example").send(MESSAGE)

    [mail] = box.mails
    text, html = mail.iter_parts()
    assert (mail["Subject"], mail["From"]) == (MESSAGE.subject, "affluent@shop.example")
    assert mail["To"] == "ops@shop.example, boss@shop.example"
    assert mail["Message-ID"] == "<abc@affluent>"
    assert text.get_content().strip() == MESSAGE.text
    assert html.get_content().strip() == MESSAGE.html
    assert box.encrypted == [security is not MailSecurity.NONE]
    assert box.logins == ([] if security is MailSecurity.NONE else [USER])


def test_a_wrong_password_is_told_and_not_shown() -> None:
    with running_mail_server(MailSecurity.STARTTLS, asks_for_login=True) as box:
        server = server_of(box, MailSecurity.STARTTLS, "wr0ng-p4ssword")
        with pytest.raises(ConfigurationError, match="does not accept the login") as caught:
            channel(server).send(MESSAGE)

    assert "wr0ng" not in str(caught.value)
    assert box.mails == []


@pytest.mark.parametrize("security", [MailSecurity.TLS, MailSecurity.STARTTLS])
def test_a_certificate_of_a_stranger_gets_no_mail_and_no_password(security: MailSecurity) -> None:
    with running_mail_server(security, asks_for_login=True) as box:
        server = replace(server_of(box, security), trusted=None)
        with pytest.raises(ConfigurationError, match="certificate"):
            channel(server).send(MESSAGE)

    assert (box.mails, box.logins) == ([], [])


def test_a_server_without_starttls_gets_no_mail() -> None:
    with running_mail_server() as box, pytest.raises(ConfigurationError, match="does not offer"):
        channel(server_of(box, MailSecurity.STARTTLS)).send(MESSAGE)

    assert box.mails == []


@pytest.mark.parametrize(
    ("recipients", "says", "arrives"),
    [
        (("nobody@shop.example",), "every recipient", 0),
        (("nobody@shop.example", "ops@shop.example"), "1 of 2 recipients", 1),
    ],
)
def test_refused_recipients_are_counted_and_not_repeated(
    recipients: tuple[str, ...], says: str, arrives: int
) -> None:
    with running_mail_server() as box:
        server = MailServer("127.0.0.1", box.port, MailSecurity.NONE)
        with pytest.raises(ConfigurationError, match=says) as caught:
            channel(server, *recipients).send(MESSAGE)

    assert "nobody@" not in str(caught.value)
    assert len(box.mails) == arrives


@pytest.mark.parametrize(
    ("answer", "kind"), [("451 later ops@shop.example", Retryable), ("554 no", Refused)]
)
def test_a_server_that_takes_nothing_is_told_by_its_number(
    answer: str, kind: type[AffluentError]
) -> None:
    with running_mail_server() as box:
        box.answer = answer
        server = MailServer("127.0.0.1", box.port, MailSecurity.NONE)
        with pytest.raises(kind, match=f"answered {answer[:3]}") as caught:
            channel(server).send(MESSAGE)

    assert "ops@" not in str(caught.value)


def test_a_server_that_is_not_there_is_asked_again_later() -> None:
    with running_mail_server() as box:
        server = MailServer("127.0.0.1", box.port, MailSecurity.NONE)

    with pytest.raises(Retryable, match="does not answer"):
        channel(server).send(MESSAGE)


def test_a_subject_can_not_begin_another_header() -> None:
    with running_mail_server() as box:
        server = MailServer("127.0.0.1", box.port, MailSecurity.NONE)
        channel(server).send(replace(MESSAGE, subject="One\r\nBcc: thief@evil.example"))

    assert box.mails[0]["Bcc"] is None
    assert box.mails[0]["Subject"] == "One Bcc: thief@evil.example"
