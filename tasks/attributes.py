"""What a listing must say: Amazon's matches and schemas, and the gate over the plan."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.domain.before_sending import Preview
from affluent.domain.marketplace import Marketplace
from affluent.domain.plan import Gated, Plan
from affluent.domain.schema_drift import SchemaDrift
from affluent.domain.selection import Selected
from affluent.listings.comparing import against_last_sent
from affluent.listings.drift import InUse, find_drifts, in_use
from affluent.listings.extract import Profiles, gather_known, rules_alone
from affluent.listings.gate import gate_listings
from affluent.listings.known import ListingsKnown
from affluent.listings.permission import Rechecked, check_permissions, recheck_permissions
from affluent.listings.preview import preview_listings
from affluent.listings.schemas import definitions_for
from affluent.submissions.context import Sender
from tasks.runtime import reading


@reading
def read_known_listings(
    application: Application, selected: list[Selected], marketplace: Marketplace, sender: Sender
) -> ListingsKnown:
    """Everything that the plan of listings follows from."""
    profiles = Profiles(
        application.offer_profiles,
        application.creation_profiles,
        application.account(sender.account).price_list_id,
        application.sku_mappings(),
        application.unpaid_since(),
        application.asking,
    )
    return gather_known(selected, marketplace, profiles, sender)


@reading
def check_listings(
    application: Application,
    plan: Plan,
    known: ListingsKnown,
    lists: dict[str, str],
    sender: Sender,
) -> Gated:
    """The gate. `lists` maps each selling list to its offer profile."""
    return gate_listings(
        plan,
        application.gate,
        {name: known.offer_profiles[profile] for name, profile in lists.items()},
        list(known.listings.values()),
        definitions_for(plan, sender),
    )


@reading
def ask_permissions(
    application: Application, gated: Gated, known: ListingsKnown, again: bool, sender: Sender
) -> Gated:
    """Hold the new offers that Amazon does not let the account list."""
    return check_permissions(gated, known.listings, application.asking, sender, again=again)


@reading
def preview_with_amazon(
    application: Application, gated: Gated, preview: Preview, sender: Sender
) -> Gated:
    """Hold what Amazon says that it would refuse."""
    return preview_listings(gated, preview, application.asking.preview_sample, sender)


@reading
def ask_permissions_again(application: Application, everything: bool, sender: Sender) -> Rechecked:
    """Ask once more about what Amazon refused."""
    return recheck_permissions(application.asking, sender, everything=everything)


@reading
def read_what_is_judged(
    application: Application, selected: list[Selected], marketplace: Marketplace, sender: Sender
) -> InUse:
    """What each listing was last sent, and what each creation profile would send."""
    profiles = Profiles(application.offer_profiles, application.creation_profiles)
    return in_use(selected, rules_alone(marketplace, profiles, sender), sender)


@reading
def find_schema_drifts(application: Application, used: InUse, sender: Sender) -> list[SchemaDrift]:
    """The schemas that changed, or are going to, with what they break."""
    return find_drifts(used, application.gate, sender)


@reading
def compare_with_last_sent(plan: Plan, sender: Sender) -> Plan:
    """Say of each listing that is sent again what differs of its last content."""
    return against_last_sent(plan, sender)
