"""Creation profiles as they are written down: the guide's example, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from affluent.settings.creation import CreationProfileSettings, creation_profile_of

_GUIDE = Path(__file__).parents[3] / "docs/creation-profiles.md"


def written(rule: dict[str, Any]) -> CreationProfileSettings:
    return CreationProfileSettings.model_validate(
        {"product_type": "LUGGAGE", "attributes": {"color": rule}}
    )


def test_the_guide_s_example_is_a_profile() -> None:
    example = _GUIDE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]

    [(name, content)] = yaml.safe_load(example)["creation_profiles"].items()
    profile = creation_profile_of(name, CreationProfileSettings.model_validate(content))

    assert (profile.images.most, profile.images.upgrades_http) == (7, True)
    assert [rule.path for rule in profile.rules if rule.leaves_out] == ["battery.cell_composition"]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"template": "{{ nmae }}"}, "line 1: there is no nmae"),
        ({"texts": {"de_DE": "{% for a in b %}{% endfor %}"}}, "is not allowed in a template"),
        ({"field": "colour"}, "Input should be 'name'"),
        ({"constant": "a", "leave_out": True}, "is left out, and has a source"),
        ({"constant": "a", "otherwise": "b"}, "stands without a map"),
        ({"texts": {"german": "a"}}, "String should match pattern"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rule: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        written(rule)
