"""Routes of the HTML door. Who may use each one stands in `access.py`."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, URLResolver, include, path

from charthouse.web.views import audit, claims, codebook, codesets, gate, intake, quality, remittance, session, worklist

_program = [
    path("gate/", gate.gate, name="gate"),
    path("agreements/<slug:kind>/", gate.agreement, name="agreement"),
    path("signatures/<uuid:uid>/", gate.signature, name="signature"),
    path("register/", gate.register, name="register"),
]
_worklists = [
    path("", worklist.worklist, name="list"),
    path("<uuid:uid>/take/", worklist.take, name="take"),
]
_claims = [
    path("", claims.claims, name="claims"),
    path("send/", claims.send, name="send"),
    path("<uuid:uid>/", claims.claim, name="claim"),
    path("<uuid:uid>/rebuild/", claims.rebuild, name="rebuild"),
    path("<uuid:uid>/837/", claims.interchange, name="interchange"),
]
_remittance = [
    path("denials/", remittance.denials, name="denials"),
    path("denials/<uuid:uid>/close/", remittance.close, name="close"),
    path("remittances/", remittance.remittances, name="remittances"),
]
_codebook = [
    path("", codebook.find, name="find"),
    path("build/", codebook.pcs, name="pcs"),
    path("index/", codebook.index, name="index"),
    path("changes/", codebook.changes, name="changes"),
    path("at-hand.csv", codebook.at_hand, name="at_hand"),
    path("sets/", codesets.sets, name="sets"),
    path("sets/load/", codesets.load, name="load"),
    path("sets/loads/<uuid:uid>/", codesets.loading, name="loading"),
    path("sets/loads/<uuid:uid>/faults.csv", codesets.faults, name="faults"),
    path("sets/change/", codesets.change, name="change"),
    path("sets/cpt/", codesets.licence, name="licence"),
    path("sets/cpt/seats/", codesets.seat, name="seat"),
    path("<str:system>/<str:code>/keep/", codebook.keep, name="keep"),
    path("<str:system>/<str:code>/", codebook.code, name="code"),
]
_quality = [
    path("", quality.findings, name="findings"),
    path("<uuid:uid>/answer/", quality.answer, name="answer"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", session.home, name="home"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/inactive/", account.account_inactive, name="account_inactive"),
    path("sign-out/", account.logout, name="account_logout"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("authenticator/", totp.activate_totp, name="mfa_activate_totp"),
    path("lock/", session.lock, name="lock"),
    path("locked/", session.locked, name="locked"),
    path("program/", include((_program, "program"))),
    path("worklist/", include((_worklists, "worklists"))),
    path("chart/", include("charthouse.web.urls_workspace")),
    path("intake/", include(([path("", intake.inbox, name="inbox")], "exchange"))),
    path("claims/", include((_claims, "billing"))),
    path("payments/", include((_remittance, "remittance"))),
    path("codes/", include((_codebook, "codebook"))),
    path("findings/", include((_quality, "quality"))),
    path("log/", include(([path("", audit.log, name="log")], "audit"))),
]
