"""The channels to people, opened from the settings. Nothing is sent yet."""

from __future__ import annotations

from affluent.domain.alarm import CredentialDates
from affluent.health.alarms import Watch
from affluent.ports.notices import NoticePort
from affluent.settings.models import Settings
from affluent.settings.notices import MailSettings, NoticeSettings
from affluent.settings.secrets import BlockReader
from connectors.notices.chat import ChatChannel
from connectors.notices.mail import MailChannel, MailServer


def open_channels(settings: NoticeSettings, blocks: BlockReader) -> list[NoticePort]:
    """Every channel that the settings name: the e-mail first."""
    chats: list[NoticePort] = [
        ChatChannel(name, address.reader(blocks)) for name, address in settings.channels.items()
    ]
    return chats if settings.mail is None else [_mail(settings.mail, blocks), *chats]


def watch_of(settings: Settings) -> Watch:
    """What is watched for silence."""
    return Watch(
        accounts=[
            CredentialDates(one.name, one.authorised_on, one.secret_made_on)
            for one in settings.accounts
        ],
        limits=settings.alarms.limits(),
        has_notifications=settings.notifications is not None,
    )


def _mail(settings: MailSettings, blocks: BlockReader) -> MailChannel:
    server = MailServer(
        host=settings.host,
        port=settings.port,
        security=settings.security,
        user=settings.user,
        password=settings.password.reader(blocks) if settings.password else None,
    )
    return MailChannel(server, settings.sender, settings.recipients)
