"""One template: checked where it is written down, rendered for one product at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes

from affluent.domain.errors import ConfigurationError
from affluent.templates.environment import (
    ALLOWED_NODES,
    ALLOWED_TESTS,
    MOST_CHARACTERS,
    Named,
    sandbox,
)

_LONGEST: Final = 10_000
_KEPT: Final = 1_024

#: The names under which a template finds options, custom fields and metafields.
LOOKED_UP: Final = ("option", "custom_field", "metafield")


class TemplateFailed(Exception):
    """A template that makes nothing of one product; the message says why."""


class Template:
    """A compiled template. Raises ConfigurationError, with the line, where it may not be used.

    `names` are the fields that it may name beside options, custom fields and metafields.
    """

    def __init__(self, text: str, names: frozenset[str]) -> None:
        if len(text) > _LONGEST:
            raise _flawed(1, f"it has more than {_LONGEST:,} characters", "Shorten it.")
        try:
            tree = sandbox().parse(text)
            _check(tree, names)
            self._compiled = sandbox().from_string(tree)
        except TemplateSyntaxError as error:
            raise _flawed(error.lineno, str(error.message), "Correct it.") from None
        except (RecursionError, ValueError):
            raise _flawed(1, "it is nested too deeply", "Write it flat.") from None

    def render(self, fields: Mapping[str, str], looked_up: Mapping[str, Mapping[str, str]]) -> str:
        """The text for one product. Raises TemplateFailed.

        What is blank counts as missing. `looked_up` is keyed by the names of LOOKED_UP.
        """
        known: dict[str, Any] = {name: text for name, text in fields.items() if text.strip()}
        known |= {kind: Named(kind, values) for kind, values in looked_up.items()}
        parts, length = [], 0
        try:
            for part in self._compiled.generate(known):
                parts.append(part)
                length += len(part)
                if length > MOST_CHARACTERS:
                    raise TemplateFailed(f"makes more than {MOST_CHARACTERS:,} characters")
        except UndefinedError as error:
            raise TemplateFailed(f"names what the product does not have: {error.message}") from None
        except (TemplateError, ArithmeticError, TypeError, ValueError) as error:
            raise TemplateFailed(f"cannot be followed: {error}") from None
        return "".join(parts)


@lru_cache(maxsize=_KEPT)
def template_of(text: str, names: frozenset[str]) -> Template:
    """The compiled template, made once."""
    return Template(text, names)


def _check(tree: nodes.Template, names: frozenset[str]) -> None:
    for node in tree.find_all(nodes.Node):
        if not isinstance(node, ALLOWED_NODES):
            what = type(node).__name__.lower()
            fix = "Use conditions and filters; loops, calls, variables and files are closed to it."
            raise _flawed(node.lineno, f"{what} is not allowed in a template", fix)
        if isinstance(node, nodes.Filter) and node.name not in sandbox().filters:
            fix = f"Use one of {', '.join(sorted(sandbox().filters))}."
            raise _flawed(node.lineno, f"there is no filter {node.name}", fix)
        if isinstance(node, nodes.Test) and node.name not in ALLOWED_TESTS:
            raise _flawed(
                node.lineno,
                f"there is no test {node.name}",
                f"Use one of {', '.join(sorted(ALLOWED_TESTS))}.",
            )
    unknown = sorted(meta.find_undeclared_variables(tree) - names - set(LOOKED_UP))
    if unknown:
        known = ", ".join(sorted(names | set(LOOKED_UP)))
        raise _flawed(_line_of(unknown[0], tree), f"there is no {unknown[0]}", f"Use {known}.")


def _line_of(name: str, tree: nodes.Template) -> int:
    return next((one.lineno for one in tree.find_all(nodes.Name) if one.name == name), 1)


def _flawed(line: int, problem: str, fix: str) -> ConfigurationError:
    return ConfigurationError(f"The template is not usable: line {line}: {problem}.", fix=fix)
