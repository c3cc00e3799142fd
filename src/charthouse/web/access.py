"""Who may use which route. Every route stands here; one that does not is closed (a test walks the URL map)."""

from __future__ import annotations

from charthouse.apps.accounts.models import Role
from charthouse.apps.accounts.policies import RoutePolicy, anyone, roles, signed_in

coders = roles(Role.CODER)
coding = roles(Role.CODER, Role.MANAGER)
billing = roles(Role.BILLER, Role.MANAGER)
intake = roles(Role.IT_ADMIN, Role.MANAGER)
register = roles(Role.MANAGER, Role.COMPLIANCE, Role.HR, Role.IT_ADMIN)
keepers = roles(Role.IT_ADMIN, Role.MANAGER)
log = roles(Role.COMPLIANCE)

ROUTES: dict[str, RoutePolicy] = {
    "home": signed_in,
    "account_login": anyone,
    "account_logout": anyone,
    "account_inactive": anyone,
    "mfa_authenticate": anyone,
    "account_reauthenticate": signed_in,
    "mfa_reauthenticate": signed_in,
    "mfa_activate_totp": signed_in,
    "lock": signed_in,
    "locked": signed_in,
    "program:gate": signed_in,
    "program:agreement": signed_in,
    "program:signature": signed_in,
    "program:register": register,
    "worklists:list": coding,
    "worklists:take": coders,
    "workspace:next": coders,
    "workspace:present": coding,
    "workspace:open": coding,
    "workspace:document": coding,
    "workspace:attachment": coding,
    "workspace:facts": coding,
    "workspace:find": coding,
    "workspace:search": coding,
    "workspace:detail": coding,
    "workspace:add": coders,
    "workspace:line": coders,
    "workspace:evidence": coders,
    "workspace:evidence-off": coders,
    "workspace:mend": coders,
    "workspace:undo": coders,
    "workspace:finalise": coders,
    "workspace:hand_back": coding,
    "workspace:done": coders,
    "codebook:find": signed_in,
    "codebook:code": signed_in,
    "codebook:keep": signed_in,
    "codebook:at_hand": signed_in,
    "codebook:pcs": signed_in,
    "codebook:index": signed_in,
    "codebook:changes": signed_in,
    "codebook:sets": signed_in,
    "codebook:load": keepers,
    "codebook:loading": keepers,
    "codebook:faults": keepers,
    "codebook:change": keepers,
    "codebook:licence": keepers,
    "codebook:seat": keepers,
    "exchange:inbox": intake,
    "billing:claims": billing,
    "billing:claim": billing,
    "billing:send": billing,
    "billing:rebuild": billing,
    "billing:interchange": billing,
    "remittance:denials": billing,
    "remittance:close": billing,
    "remittance:remittances": billing,
    "quality:findings": coders,
    "quality:answer": coders,
    "audit:log": log,
}
