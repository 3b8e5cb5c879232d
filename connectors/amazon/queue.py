"""The queue at AWS through which Amazon's notifications come: Simple Queue Service, by boto3.

boto3 belongs to the optional extra `aws`; without it orders are polled, and nothing here is used.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any, Final

from affluent.domain.errors import ConfigurationError, Retryable
from affluent.domain.notification import QueuedNotification
from connectors.amazon.order_changes import notification_from
from connectors.http.paging import batches

logger = logging.getLogger(__name__)

Secret = Callable[[], str]

_VENDOR: Final = "AWS"
#: The most that SQS hands out, and takes back, at once.
_MESSAGES_AT_ONCE: Final = 10
_LONGEST_WAIT_SECONDS: Final = 20
#: Until then the messages of a batch are hidden: long enough for a getOrder of each.
_HIDDEN_SECONDS: Final = 180
_SERVER_ERROR: Final = 500
_BUSY: Final = ("Throttling", "ThrottlingException", "RequestThrottled", "OverLimit")


class SqsQueue:
    """The NotificationQueue of affluent.ports.notifications.

    `arn` is that of a standard queue. Without an access key, AWS's own chain finds credentials.
    `endpoint` replaces AWS, as in a test. Thread-safe.
    """

    def __init__(
        self,
        arn: str,
        key_id: Secret | None = None,
        secret: Secret | None = None,
        *,
        endpoint: str = "",
    ) -> None:
        self._arn = arn
        self._key = (key_id, secret)
        self._endpoint = endpoint

    def receive(self, wait_seconds: int) -> list[QueuedNotification]:
        """ReceiveMessage: up to ten messages, waited for so long (at most 20 seconds)."""
        with _explained("ReceiveMessage", self._arn):
            answer = self._client.receive_message(
                QueueUrl=self._url,
                MaxNumberOfMessages=_MESSAGES_AT_ONCE,
                WaitTimeSeconds=min(wait_seconds, _LONGEST_WAIT_SECONDS),
                VisibilityTimeout=_HIDDEN_SECONDS,
            )
        return [
            notification_from(row["MessageId"], row["ReceiptHandle"], row["Body"])
            for row in answer.get("Messages", ())
        ]

    def remove(self, messages: Sequence[QueuedNotification]) -> None:
        """DeleteMessageBatch. What SQS fails to remove comes again, and is recognised."""
        for batch in batches(messages, _MESSAGES_AT_ONCE):
            entries = [
                {"Id": str(number), "ReceiptHandle": one.receipt}
                for number, one in enumerate(batch)
            ]
            with _explained("DeleteMessageBatch", self._arn):
                answer = self._client.delete_message_batch(QueueUrl=self._url, Entries=entries)
            if failed := answer.get("Failed"):
                logger.warning("%d messages were not removed; they come again", len(failed))

    def depth(self) -> int:
        """About how many messages wait."""
        name = "ApproximateNumberOfMessages"
        with _explained("GetQueueAttributes", self._arn):
            answer = self._client.get_queue_attributes(QueueUrl=self._url, AttributeNames=[name])
        return int(answer["Attributes"][name])

    @cached_property
    def _url(self) -> str:
        *_, owner, name = self._arn.split(":")
        with _explained("GetQueueUrl", self._arn):
            answer = self._client.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=owner)
        return str(answer["QueueUrl"])

    @cached_property
    def _client(self) -> Any:
        try:
            import boto3
            from botocore.config import Config
        except ImportError as missing:
            raise ConfigurationError(
                "Amazon's notifications cannot be read: boto3 is not installed.",
                why="The settings name a queue, and queues are read with the extra aws.",
                fix="Install affluent[aws], or remove the section notifications.",
            ) from missing
        names = ("aws_access_key_id", "aws_secret_access_key")
        key = {name: half() for name, half in zip(names, self._key, strict=True) if half}
        # A step is run again as a whole by its task, so that a retry has one owner.
        once = Config(connect_timeout=10, read_timeout=60, retries={"total_max_attempts": 1})
        region = self._arn.split(":")[3]
        endpoint = self._endpoint or None
        return boto3.client("sqs", region_name=region, endpoint_url=endpoint, config=once, **key)


@contextmanager
def _explained(operation: str, arn: str) -> Iterator[None]:
    """Turn AWS's errors into ours: those that pass, and those that a person must mend."""
    from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
    from botocore.exceptions import ConnectionError as Unreachable

    try:
        yield
    except (Unreachable, HTTPClientError) as lost:
        raise Retryable(
            f"{_VENDOR} {operation} was not reached.", vendor=_VENDOR, operation=operation
        ) from lost
    except ClientError as refusal:
        code = str(refusal.response.get("Error", {}).get("Code", ""))
        status = int(refusal.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
        if status >= _SERVER_ERROR or code in _BUSY:
            raise Retryable(
                f"{_VENDOR} {operation} is busy: {code}.",
                vendor=_VENDOR,
                operation=operation,
                status=status,
            ) from refusal
        raise _unusable(arn, code) from refusal
    except BotoCoreError as unusable:
        raise _unusable(arn, type(unusable).__name__) from unusable


def _unusable(arn: str, why: str) -> ConfigurationError:
    return ConfigurationError(
        f"The queue {arn} cannot be read.",
        why=f"AWS says {why}.",
        fix="Check notifications.queue_arn, and that the key may read and delete its messages; "
        "docs/orders.md has the policy.",
    )
