"""Each channel hears each thing once; one that fails hears it the next time."""

from __future__ import annotations

from dataclasses import dataclass, field

from affluent.domain.errors import Retryable
from affluent.notices.telling import tell
from affluent.ports.notices import Message
from affluent.ports.storage import UnitsOfWork
from tests.fakes.clock import FakeClock
from tests.unit.notices.test_digest import incident


@dataclass
class Channel:
    """A channel that can be down."""

    name: str
    is_down: bool = False
    messages: list[Message] = field(default_factory=list)

    def send(self, message: Message) -> None:
        if self.is_down:
            raise Retryable("It does not answer.", vendor="test", operation="send")
        self.messages.append(message)


def test_what_a_channel_was_told_it_does_not_hear_again(units: UnitsOfWork) -> None:
    team = Channel("team")
    tell([incident("A")], [team], units, FakeClock())
    second = tell([incident("A")], [team], units, FakeClock())
    tell([incident("A"), incident("B")], [team], units, FakeClock())

    assert [message.subject for message in team.messages] == ["Affluent: 1 order failed"] * 2
    assert "still open: 1 order failed" in team.messages[1].text
    assert [one.new for one in second] == [0]


def test_a_channel_that_is_down_is_told_later_and_the_others_hear_nothing_twice(
    units: UnitsOfWork,
) -> None:
    mail, team = Channel("mail", is_down=True), Channel("team")
    first = tell([incident("A")], [mail, team], units, FakeClock())
    mail.is_down = False
    second = tell([incident("A")], [mail, team], units, FakeClock())

    assert [(one.channel, one.problem) for one in first] == [
        ("mail", "It does not answer."),
        ("team", ""),
    ]
    assert [(one.channel, one.new, one.problem) for one in second] == [
        ("mail", 1, ""),
        ("team", 0, ""),
    ]
    assert (len(mail.messages), len(team.messages)) == (1, 1)
    assert mail.messages[0].message_id == team.messages[0].message_id


def test_what_was_mended_and_comes_back_is_news(units: UnitsOfWork) -> None:
    team = Channel("team")
    for open_ones in ([incident("A")], [], [incident("A")]):
        tell(open_ones, [team], units, FakeClock())

    assert len(team.messages) == 2


def test_without_anything_open_nobody_is_told(units: UnitsOfWork) -> None:
    team = Channel("team")

    assert [one.new for one in tell([], [team], units, FakeClock())] == [0]
    assert team.messages == []
