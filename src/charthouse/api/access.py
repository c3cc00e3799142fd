"""Who may use which route of the JSON door."""

from __future__ import annotations

from charthouse.apps.accounts.policies import RoutePolicy, signed_in

ROUTES: dict[str, RoutePolicy] = {
    "api:openapi-json": signed_in,
    "api:api-root": signed_in,
    "api:find_codes": signed_in,
    "api:check_codes": signed_in,
    "api:show_code": signed_in,
    "api:pcs_axes": signed_in,
    "api:code_sets": signed_in,
    "api:related_codes": signed_in,
    "api:changed_codes": signed_in,
    "api:small_table": signed_in,
    "api:codes_at_hand": signed_in,
    "api:index_entries": signed_in,
    "api:find_in_index": signed_in,
}
