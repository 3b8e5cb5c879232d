"""Templates reach nothing but the product, and end in time whatever is written in them."""

from __future__ import annotations

import pytest

from affluent.domain.errors import ConfigurationError
from affluent.templates import Template, TemplateFailed

NAMES = frozenset({"name", "brand"})
PRODUCT = {"name": "Case", "brand": "Rollwell"}
LOOKED_UP = {"option": {"Color": "Blue"}, "custom_field": {}, "metafield": {"shop.x": "y"}}


def written(text: str) -> str:
    return Template(text, NAMES).render(PRODUCT, LOOKED_UP)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("{{ brand }} {{ name }}", "Rollwell Case"),
        ("{{ option['Color'] | upper }}", "BLUE"),
        ("{{ metafield['shop.x'] }}", "y"),
        ("{{ name | replace('C', 'V') | cut(3) }}", "Vas"),
        ("{{ ('a,b' | split(',')) | join('+') }}", "a+b"),
        ("{{ '2.345' | number | round(2) }}", "2.34"),
        ("{{ 2 * 3 }}{{ name[0] }}", "6C"),
        ("{% if option.Size %}x{% else %}one size{% endif %}", "one size"),
    ],
)
def test_a_template_writes_of_the_product(text: str, outcome: str) -> None:
    assert written(text) == outcome


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in 'aaaa' %}{{ i }}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{% set a = name ~ name %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{{ name.__class__() }}",
        "{{ name.format(1) }}",
        "{{ range(10) }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ name | xmlattr }}",
        "{{ name is callable }}",
        "{{ nmae }}",
        "{{ name ",
        "{{ " + "(" * 4000 + "1" + ")" * 4000 + " }}",
        "x" * 20_000,
    ],
)
def test_what_loops_calls_or_reaches_out_is_refused_before_it_runs(text: str) -> None:
    with pytest.raises(ConfigurationError, match="line 1"):
        Template(text, NAMES)


def test_the_line_of_a_mistake_is_named() -> None:
    with pytest.raises(ConfigurationError, match="line 2: there is no nmae"):
        Template("{{ name }}\n{{ nmae }}", NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a' * 1000000000 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ name | replace('', name) | join(name) | replace('', 'a' ~ name) | cut('x') }}",
        "{{ name.__class__ }}",
        "{{ option.items }}",
        "{{ option.Size }}",
        "{{ name[9] }}",
        "{{ 1 / 0 }}",
        "{{ '1e999999999' | number | round }}",
        "{{ name" + " | replace('a', 'aaaaaaaaaa') | replace('a', 'aaaaaaaaaa')" * 20 + " }}",
    ],
)
def test_what_grows_or_is_missing_fails_for_the_product_alone(text: str) -> None:
    with pytest.raises(TemplateFailed):
        written(text)
