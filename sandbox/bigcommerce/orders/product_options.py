"""The answers that a line gives to its product's options and modifiers (`product_options`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.bigcommerce.catalog.products import Product
from sandbox.bigcommerce.orders.problems import ProblemReporter
from sandbox.bigcommerce.refusals import invalid_field

Json = dict[str, Any]

FILE_TYPE = "file"
FREE_TYPES = {"text", "multi_line_text", "numbers_only_text", "date"}
TYPES_IN_ORDERS = {
    "radio_buttons": "Multiple choice",
    "rectangles": "Multiple choice",
    "dropdown": "Multiple choice",
    "product_list": "Product Pick List",
    "product_list_with_images": "Product Pick List",
    "swatch": "Swatch",
    "checkbox": "Checkbox",
    "date": "Date field",
    "file": "File Upload",
    "text": "Text field",
    "multi_line_text": "Multi-line text field",
    "numbers_only_text": "Text field",
}


@dataclass
class OptionAnswers:
    """What a line answered: the variant that follows, the options to show, the problems."""

    variant: Json | None = None
    shown: list[Json] = field(default_factory=list)
    problems: list[Json] = field(default_factory=list)


def read_answers(
    product: Product, variant_id: int | None, given: Any, reporter: ProblemReporter
) -> OptionAnswers:
    """Match `product_options` with the product's options and modifiers.

    Raises:
        V2Refusal: the field is no list of ids with texts, or the variant is not the product's.
    """
    answers = _texts_by_id(given)
    result = OptionAnswers()
    result.problems += _misfits(product, answers, reporter)
    result.variant = _variant(product, variant_id, answers)
    missing = [m for m in product.modifiers if m["required"] and not _is_answered(m, answers)]
    if result.variant is None:
        missing = [o for o in product.options if str(o["id"]) not in answers] + missing
    if missing:
        result.problems.append(reporter.mandatory_options(product, missing))
    if result.variant is None and not missing and not result.problems:
        raise invalid_field("product_options")
    if not result.problems:
        result.shown = _shown(product, result.variant, answers)
    return result


def _is_answered(modifier: Json, answers: dict[str, str]) -> bool:
    return modifier["type"] != FILE_TYPE and answers.get(str(modifier["id"]), "") != ""


def _texts_by_id(given: Any) -> dict[str, str]:
    if given is None:
        return {}
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise invalid_field("product_options")
    if not all(isinstance(each.get("value"), str) for each in given):
        raise invalid_field("product_options.value")
    return {str(each.get("id")): each["value"] for each in given}


def _misfits(product: Product, answers: dict[str, str], reporter: ProblemReporter) -> list[Json]:
    questions = {str(each["id"]): each for each in (*product.options, *product.modifiers)}
    misfits = []
    for option_id, text in answers.items():
        question = questions.get(option_id)
        if question is None:
            misfits.append(reporter.unknown_option(product, option_id))
        elif not _is_offered(question, text):
            misfits.append(reporter.invalid_option_value(product, question, text))
    return misfits


def _is_offered(question: Json, text: str) -> bool:
    if question["type"] == FILE_TYPE:
        return False
    if question["type"] in FREE_TYPES:
        return True
    return any(str(value["id"]) == text for value in question["option_values"])


def _variant(product: Product, variant_id: int | None, answers: dict[str, str]) -> Json | None:
    if variant_id is not None:
        variant = product.variant(variant_id)
        if variant is None:
            raise invalid_field("variant_id")
        return variant
    if product.is_simple:
        return product.variants[0]
    return next((v for v in product.variants if _agrees(v, answers)), None)


def _agrees(variant: Json, answers: dict[str, str]) -> bool:
    values = variant["option_values"]
    return bool(values) and all(
        answers.get(str(value["option_id"])) == str(value["id"]) for value in values
    )


def _shown(product: Product, variant: Json | None, answers: dict[str, str]) -> list[Json]:
    chosen = {str(v["option_id"]): str(v["id"]) for v in (variant or {}).get("option_values", [])}
    chosen |= answers
    questions = (*product.options, *product.modifiers)
    return [_option_view(q, chosen[str(q["id"])]) for q in questions if str(q["id"]) in chosen]


def _option_view(question: Json, text: str) -> Json:
    labels = (v["label"] for v in question["option_values"] if str(v["id"]) == text)
    label, name = next(labels, text), question["display_name"]
    return {
        "option_id": question["id"],
        "product_option_id": question["id"],
        "display_name": name,
        "display_name_customer": name,
        "display_name_merchant": name,
        "display_value": label,
        "display_value_customer": label,
        "display_value_merchant": label,
        "value": text,
        "type": TYPES_IN_ORDERS[question["type"]],
        "name": question["name"],
        "display_style": "",
    }
