"""One digest says all that is new, once, in few words."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from affluent.domain.notice import Incident, NoticeKind
from affluent.notices.digest import Digest, digest_of
from affluent.notices.wording import message_of
from tests.fakes.clock import NOON


def incident(key: str, title: str = "Out of stock", hours: int = 1, **fields: object) -> Incident:
    values: dict[str, object] = {
        "kind": NoticeKind.FAILED_ORDERS,
        "account": "acme-us",
        "key": key,
        "title": title,
        "words": f"Order {key} waits.",
        "fix": "Raise the stock.",
        "since": NOON - timedelta(hours=hours),
    }
    return Incident(**{**values, **fields})  # type: ignore[arg-type]  # checked by the dataclass


def digest(*incidents: Incident) -> Digest:
    made = digest_of(incidents, set(), NOON)
    assert made is not None
    return made


def test_a_hundred_failures_of_one_kind_are_one_paragraph() -> None:
    message = message_of(digest(*(incident(f"701-{number:03}", hours=5) for number in range(100))))

    assert message.subject == "Affluent: 100 orders failed"
    assert message.text.count("What to do:") == 1
    assert "100 orders failed (acme-us): Out of stock. Oldest: 5 hours." in message.text
    assert "701-049 and 50 more" in message.text


def test_each_trouble_has_its_own_fix_and_the_subject_counts_them_all() -> None:
    options = incident("B", "Missing options", fix="Give a default.")
    expired = incident("authorisation", "Expired", kind=NoticeKind.EXPIRED_ACCOUNTS, hours=50)
    message = message_of(digest(incident("A"), options, expired))

    assert message.subject == "Affluent: 2 orders failed, 1 account expired"
    assert "Give a default." in message.text
    assert "Oldest: 2 days" in message.text
    assert message.text.endswith("Nothing else is open.")


def test_what_was_told_is_a_count_and_without_news_there_is_no_digest() -> None:
    old, new = incident("A"), incident("B")
    made = digest_of([old, new], {old.identity}, NOON)
    assert made is not None
    message = message_of(made)

    assert message.subject == "Affluent: 1 order failed"
    assert "Told before and still open: 1 order failed." in message.text
    assert digest_of([old, new], {old.identity, new.identity}, NOON) is None


def test_the_same_order_with_another_trouble_is_news() -> None:
    before, after = incident("A"), incident("A", "Missing options")

    assert digest_of([after], {before.identity}, NOON) is not None


def test_the_same_news_bear_the_same_id_whenever_they_are_told() -> None:
    first = digest_of([incident("A"), incident("B")], set(), NOON)
    again = digest_of([incident("B"), incident("A")], set(), NOON + timedelta(hours=3))
    other = digest_of([incident("A")], set(), NOON)

    assert first is not None
    assert again is not None
    assert other is not None
    assert first.hash == again.hash != other.hash


def test_words_from_outside_are_no_markup() -> None:
    message = message_of(digest(incident("<b>", "<script>alert(1)</script>")))

    assert "<script>" not in message.html
    assert "&lt;script&gt;" in message.html


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz")), min_size=1))
def test_every_incident_is_told_exactly_once(pairs: list[tuple[str, str]]) -> None:
    incidents = [incident(key, title) for key, title in pairs]
    made = digest(*incidents)

    told = [(key, group.title) for group in made.groups for key in group.keys]
    assert sorted(told) == sorted(set(pairs))
    assert digest_of(incidents, set(made.new), NOON) is None
