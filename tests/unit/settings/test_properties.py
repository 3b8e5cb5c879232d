"""What holds of any settings file, not only of those that somebody thought of."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from affluent.cli.init import settings_template
from affluent.domain.creation_profile import StoreField
from affluent.domain.marketplace import MARKETPLACES, Region
from affluent.domain.offer import PriceMode, QuantityMode
from affluent.settings.document import read_settings
from tests.unit.settings.files import problems_of, with_line, write

_NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
_IDS = st.integers(1, 10_000)
_SECRETS = st.one_of(
    st.builds(lambda name: {"env": name}, st.from_regex(r"\A[A-Z_][A-Z0-9_]{0,8}\Z")),
    st.builds(lambda name: {"block": name}, _NAMES),
)
_PRICES = st.decimals(Decimal("0.01"), Decimal(100_000), places=2).map(str)


def _options(**values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=values)


_STORES = st.fixed_dictionaries(
    {"hash": _NAMES, "access_token": _SECRETS},
    optional={
        "channel_id": _IDS,
        "location_ids": st.lists(_IDS, max_size=3),
        "metafields": st.lists(st.sampled_from(["amazon", "my shop", "a.b"]), max_size=2),
        "only_assigned": st.booleans(),
        "keep_versions_days": st.integers(1, 4_000),
    },
)
_LIMITS = st.tuples(_PRICES, _PRICES).map(lambda two: sorted(two, key=Decimal))
_RANGES = st.sampled_from(
    [
        [{"formula": "x1.2 +3"}],
        [{"below": "20", "formula": "+10"}, {"at_least": "20", "formula": "- 5 %"}],
    ]
)


@st.composite
def _offer_profiles(draw: st.DrawFn) -> dict[str, Any]:
    profile: dict[str, Any] = draw(
        _options(
            quantity_mode=st.sampled_from([mode.value for mode in QuantityMode]),
            quantity_value=st.integers(0, 100),
            price_mode=st.sampled_from([mode.value for mode in PriceMode]),
            price_value=_PRICES,
            rounding=st.just({"ending": "0.99"}),
            limits=st.just({"outside": "clamp", "margin": "0.2"}),
            sale=st.just({"starts": "2026-11-27", "ends_field": "sale_to"}),
            business=st.just({"tiers": [{"units": 5, "formula": "-5%"}]}),
            lead_time_days=st.integers(0, 30),
        )
    )
    floor, ceiling = draw(_LIMITS)
    if profile.get("price_mode") == PriceMode.TEMPLATE:
        profile["price_template"] = draw(_RANGES)
    return profile | {"floor": floor, "ceiling": ceiling}


_RULES = st.one_of(
    st.builds(lambda name: {"field": name}, st.sampled_from([one.value for one in StoreField])),
    st.builds(lambda source, name: {source: name}, st.sampled_from(["option", "constant"]), _NAMES),
    st.builds(lambda name: {"custom_field": name, "number": True, "unit": "inches"}, _NAMES),
)
_CREATION_PROFILES = st.fixed_dictionaries(
    {"product_type": _NAMES, "attributes": st.dictionaries(_NAMES, _RULES, max_size=3)},
    optional={"create": st.booleans(), "images": st.integers(0, 9)},
)
_ORDERS = _options(
    status_id=_IDS,
    hold_unmatched=st.booleans(),
    option_answers=st.dictionaries(_NAMES, st.dictionaries(_NAMES, _NAMES, max_size=2), max_size=2),
)

_HOOKS = st.one_of(
    st.none(),
    st.fixed_dictionaries({"client_secret": _SECRETS}, optional={"header_value": _SECRETS}),
    st.fixed_dictionaries({"header_value": _SECRETS}, optional={"header_name": st.just("X-A")}),
)


@st.composite
def _accounts(draw: st.DrawFn, name: str) -> dict[str, Any]:
    region = draw(st.sampled_from(Region))
    rows = [row for row in MARKETPLACES if row.region is region]
    names = st.sampled_from([*(row.country for row in rows), *(row.marketplace_id for row in rows)])
    return {
        "name": name,
        "seller_id": draw(_NAMES),
        "region": region.value,
        **{key: draw(_SECRETS) for key in ("client_id", "client_secret", "refresh_token")},
        "marketplaces": draw(st.lists(names, min_size=1, max_size=3)),
        "price_list_id": draw(st.none() | st.integers(1, 99)),
        "longest_plan_hours": draw(st.none() | st.floats(0.1, 24)),
        "sku_mapping": draw(st.dictionaries(_NAMES, _NAMES, max_size=2)),
        "order_types": draw(st.lists(st.sampled_from(["FBM", "FBA"]), max_size=2)),
    }


@st.composite
def _contents(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.lists(_NAMES, min_size=1, max_size=2, unique=True))
    accounts = [draw(_accounts(name)) for name in names]
    profiles = draw(st.dictionaries(_NAMES, _offer_profiles(), min_size=1, max_size=2))
    creation = draw(st.dictionaries(_NAMES, _CREATION_PROFILES, min_size=1, max_size=2))
    account = draw(st.sampled_from(accounts))
    selling_list = {
        "name": draw(_NAMES),
        "account": account["name"],
        "marketplace": draw(st.sampled_from(account["marketplaces"])),
        "offer_profile": draw(st.sampled_from(sorted(profiles))),
        "creation_profiles": draw(
            st.dictionaries(st.integers(0, 99), st.sampled_from(sorted(creation)), max_size=2)
        ),
        "categories": draw(st.lists(_IDS, max_size=3)),
        "skus": draw(st.lists(_NAMES, max_size=3)),
        "asins": draw(st.dictionaries(_NAMES, _NAMES, max_size=2)),
    }
    return {
        "store": draw(_STORES),
        "accounts": accounts,
        "selling_lists": [selling_list],
        "offer_profiles": profiles,
        "creation_profiles": creation,
        "sku_mapping": draw(st.dictionaries(_NAMES, _NAMES, max_size=2)),
        "orders": draw(_ORDERS),
        "hooks": draw(_HOOKS),
    }


@settings(max_examples=60, deadline=None)
@given(_contents())
def test_what_is_read_reads_the_same_once_written_down(content: dict[str, Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = read_settings(write(Path(folder), content))
        second = read_settings(write(Path(folder), first.model_dump(mode="json")))

    assert first == second


def _sections(content: object, place: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The places of the sections that are closed to unknown keys."""
    free = {
        "offer_profiles",
        "creation_profiles",
        "sku_mapping",
        "asins",
        "attributes",
        "currency_rates",
    }
    if isinstance(content, list):
        inner = [_sections(one, (*place, str(index))) for index, one in enumerate(content)]
        return [found for several in inner for found in several]
    if not isinstance(content, Mapping):
        return []
    below = [found for key, one in content.items() for found in _sections(one, (*place, str(key)))]
    is_free = place[-1:] and (place[-1] in free or place[-1] == "option_answers")
    return below if is_free else [place, *below]


_TEMPLATE = yaml.safe_load(settings_template())


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(_sections(_TEMPLATE, ())), st.from_regex(r"\Azz[a-z]{3,8}\Z"))
def test_an_unknown_key_anywhere_is_one_error_that_names_it(
    place: tuple[str, ...], key: str
) -> None:
    content = yaml.safe_load(settings_template())
    section = content
    for part in place:
        section = section[int(part)] if part.isdigit() else section[part]
    section[key] = 1

    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), content)
        (problem,) = problems_of(path)
        line = with_line(path.read_text(encoding="utf-8"), f"{key}:")

    assert (problem.key, problem.line) == (".".join([*place, key]), line)
