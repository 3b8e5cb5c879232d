"""The settings as a JSON Schema, draft 2020-12."""

from __future__ import annotations

from typing import Any, Final

from affluent.settings.models import Settings

_DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"


def settings_schema() -> dict[str, Any]:
    """The JSON Schema of affluent.yaml."""
    return {"$schema": _DRAFT, **Settings.model_json_schema()}
