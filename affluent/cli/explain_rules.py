"""The merchant's rules of each account, as an explanation needs them."""

from __future__ import annotations

from affluent.bootstrap import Application
from affluent.domain.account import AccountState
from affluent.explanations.obstacles import SyncRules


def rules_of(application: Application, *, ask_amazon: bool = False) -> dict[str, SyncRules]:
    """By account. Only where Amazon is asked is it known whether an account is expired."""
    rules: dict[str, SyncRules] = {}
    for settings in application.settings.accounts:
        account = application.account(settings.name)
        lists = [
            one
            for marketplace in account.marketplaces
            for one in application.selling_lists(account.name, marketplace)
        ]
        is_expired = None
        if ask_amazon:
            state, _ = application.amazon(account.name).sellers.state()
            is_expired = state is AccountState.EXPIRED
        rules[account.name] = SyncRules(
            account, {one.name: one for one in lists}, application.offer_profiles, is_expired
        )
    return rules
