"""Routes of the workspace, under the encounter whose chart is open. Who may use each one stands in `access.py`."""

from __future__ import annotations

from django.urls import path

from charthouse.web.views.workspace import changes, leaving, reading, searching

app_name = "workspace"

urlpatterns = [
    path("next/", leaving.next_chart, name="next"),
    path("present/", leaving.present, name="present"),
    path("<uuid:encounter>/", reading.chart, name="open"),
    path("<uuid:encounter>/document/<uuid:document>/", reading.document, name="document"),
    path("<uuid:encounter>/document/<uuid:document>/file/", reading.attachment, name="attachment"),
    path("<uuid:encounter>/facts/<slug:kind>/", reading.facts, name="facts"),
    path("<uuid:encounter>/find/", reading.find, name="find"),
    path("<uuid:encounter>/search/", searching.search, name="search"),
    path("<uuid:encounter>/detail/", searching.detail, name="detail"),
    path("<uuid:encounter>/add/", changes.add, name="add"),
    path("<uuid:encounter>/line/<uuid:line>/<slug:step>/", changes.line, name="line"),
    path("<uuid:encounter>/evidence/", changes.evidence, name="evidence"),
    path("<uuid:encounter>/evidence/<uuid:piece>/remove/", changes.evidence_off, name="evidence-off"),
    path("<uuid:encounter>/mend/", changes.mend, name="mend"),
    path("<uuid:encounter>/undo/", changes.undo, name="undo"),
    path("<uuid:encounter>/finalise/", leaving.finalise, name="finalise"),
    path("<uuid:encounter>/hand-back/", leaving.hand_back, name="hand_back"),
    path("<uuid:encounter>/done/", leaving.done, name="done"),
]
