"""Amazon's own SDK, pointed at the sandbox, with a check that its models lose nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from spapi import ApiClient, Configuration, SPAPIClient, SPAPIConfig

from tests.sandbox.running import RunningSandbox


@dataclass
class AmazonSdk:
    """A client of amzn-sp-api, and the seller that it acts for."""

    client: ApiClient
    seller_id: str

    def read(self, operation: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        """The model that the SDK makes of the answer; fails where it differs from the answer."""
        model = operation(*arguments, **options)
        differences = list(unlike(model, json.loads(self.client.last_response.data)))
        assert not differences, differences
        return model


def amazon_sdk(sandbox: RunningSandbox, scope: str | None = None) -> AmazonSdk:
    """The SDK by its own configuration: endpoint, login, and the CA's file.

    With a `scope` it logs in without a seller, for grantless operations.
    """
    credentials = sandbox.ready["credentials"]["amazon"]
    configuration = Configuration()
    configuration.ssl_ca_cert = sandbox.ready["ca_file"]
    Configuration.set_default(configuration)
    config = SPAPIConfig(
        client_id=credentials["client_id"],
        client_secret=credentials["client_secret"],
        refresh_token=None if scope else credentials["refresh_token"],
        scope=scope,
    )
    opened = SPAPIClient(
        config, oauth_endpoint=sandbox.ready["lwa"], endpoint=sandbox.ready["amazon"]
    )
    return AmazonSdk(opened.api_client, credentials["seller_id"])


def unlike(model: Any, sent: Any, place: str = "") -> list[str]:
    """Where a model says less than what was sent, or something else, or in another type."""
    if hasattr(model, "swagger_types"):
        model = {key: getattr(model, name) for name, key in model.attribute_map.items()}
    if isinstance(model, dict) and isinstance(sent, dict):
        return [
            difference
            for key, value in sent.items()
            for difference in unlike(model.get(key), value, f"{place}.{key}")
        ]
    if isinstance(model, list) and isinstance(sent, list) and len(model) == len(sent):
        return [
            difference
            for index, (part, value) in enumerate(zip(model, sent, strict=True))
            for difference in unlike(part, value, f"{place}[{index}]")
        ]
    if isinstance(model, datetime) and isinstance(sent, str):
        sent = datetime.fromisoformat(sent)
    same = type(model) is type(sent) and model == sent
    return [] if same else [f"{place}: sent {sent!r}, read as {model!r}"]
