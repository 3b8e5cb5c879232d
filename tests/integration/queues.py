"""A queue of a real SQS on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

REGION = "us-east-1"
KEY_ID, SECRET = "testing-key", "testing-secret"

_NUMBERS = count(1)


@dataclass(frozen=True)
class LocalQueue:
    """The queue's ARN, its server's address, and a hand on it."""

    arn: str
    endpoint: str
    url: str
    client: Any

    def put(self, *messages: Mapping[str, Any] | str) -> None:
        """Deliver messages, as Amazon would."""
        for one in messages:
            body = one if isinstance(one, str) else json.dumps(one)
            self.client.send_message(QueueUrl=self.url, MessageBody=body)

    def left(self) -> int:
        """How many messages the queue holds, those that are hidden among them."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.client.get_queue_attributes(QueueUrl=self.url, AttributeNames=names)
        return sum(int(answer["Attributes"][name]) for name in names)


@contextmanager
def queue_server() -> Iterator[str]:
    """An SQS of its own; its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def new_queue(endpoint: str) -> LocalQueue:
    """Another queue of the server."""
    client = boto3.client(
        "sqs",
        region_name=REGION,
        endpoint_url=endpoint,
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=SECRET,
    )
    url = client.create_queue(QueueName=f"affluent-{next(_NUMBERS)}")["QueueUrl"]
    answer = client.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return LocalQueue(answer["Attributes"]["QueueArn"], endpoint, url, client)
