"""The sections of who is told of failures, and from when on silence is an alarm."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, model_validator

from affluent.domain.alarm import AlarmLimits
from affluent.domain.notice import MailSecurity, NoticeKind, NoticeRules
from affluent.settings.problems import Location, flaw
from affluent.settings.secrets import SecretReference
from affluent.settings.section import Section

_UNREAD_MINUTES: Final = {"extract_catalog": 60, "import_orders": 20, "confirm_shipments": 40}

Address = Annotated[str, StringConstraints(pattern=r"^[^@\s,<>]+@[^@\s,<>]+$")]
ChannelName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")]
Minutes = Annotated[int, Field(ge=1)]


class MailSettings(Section):
    """The mail server that notices are handed in at."""

    host: str = Field(min_length=1, description="The server's name, as its certificate has it.")
    port: int = Field(587, ge=1, le=65535, description="587 for starttls, mostly 465 for tls.")
    security: MailSecurity = Field(
        MailSecurity.STARTTLS, description="starttls, tls, or none within a machine."
    )
    user: str = Field("", description="Who logs in; empty where nobody does.")
    password: SecretReference | None = Field(None, description="The user's password, by name.")
    sender: Address = Field(description="The address that mails come from.")
    recipients: tuple[Address, ...] = Field(
        min_length=1, description="The addresses that mails go to."
    )

    @model_validator(mode="after")
    def _logs_in_whole(self) -> Self:
        if bool(self.user) != (self.password is not None):
            missing = "password" if self.user else "user"
            raise flaw("is missing.", "A login has a user and a password.", (missing,))
        return self


class NoticeSettings(Section):
    """Who is told, and of what. Without mail and channels nobody is."""

    mail: MailSettings | None = Field(None, description="A mail server and whom it writes to.")
    channels: dict[ChannelName, SecretReference] = Field(
        default_factory=dict, description="Addresses for apprise, by your own name for each."
    )
    kinds: tuple[NoticeKind, ...] = Field(
        tuple(NoticeKind), description="What is told; without the key, everything."
    )
    held_over: int = Field(100, ge=0, description="More held items than this are told.")
    stuck_hours: int = Field(6, ge=1, description="A feed that takes longer is told.")

    @model_validator(mode="after")
    def _leaves_mail_to_mail(self) -> Self:
        if "mail" in self.channels:
            raise flaw("is the name of the e-mail.", "Call it something else.", ("channels",))
        return self

    def secrets(self) -> Iterator[tuple[Location, SecretReference]]:
        """Every secret of the section, and where in it."""
        if self.mail is not None and self.mail.password is not None:
            yield ("mail", "password"), self.mail.password
        for name, address in self.channels.items():
            yield ("channels", name), address

    def rules(self) -> NoticeRules:
        """What is told, as the notices' own values."""
        return NoticeRules(frozenset(self.kinds), self.held_over, timedelta(hours=self.stuck_hours))


class AlarmSettings(Section):
    """From when on silence is an alarm."""

    quiet_hours: int = Field(6, ge=1, le=168, description="Hours without an order.")
    usual_orders: int = Field(
        5, ge=1, description="An alarm only where the same hours of last week had so many."
    )
    unread_minutes: dict[str, Minutes] = Field(
        default_factory=lambda: dict(_UNREAD_MINUTES),
        description="How long a reading may stand still, by its flow.",
    )
    feed_hours: int = Field(6, ge=1, description="How long a feed may take.")
    write_hours: int = Field(24, ge=1, description="How long a write may be unresolved.")

    @model_validator(mode="after")
    def _knows_the_readings(self) -> Self:
        for flow in self.unread_minutes:
            if flow not in _UNREAD_MINUTES:
                fix = f"Known are {', '.join(_UNREAD_MINUTES)}."
                raise flaw("is no reading that is watched.", fix, ("unread_minutes", flow))
        return self

    def limits(self) -> AlarmLimits:
        """The limits as the domain's values."""
        return AlarmLimits(
            quiet=timedelta(hours=self.quiet_hours),
            usual_orders=self.usual_orders,
            unread={
                flow: timedelta(minutes=minutes) for flow, minutes in self.unread_minutes.items()
            },
            feed=timedelta(hours=self.feed_hours),
            write=timedelta(hours=self.write_hours),
        )
