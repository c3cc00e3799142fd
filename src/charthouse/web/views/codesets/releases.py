"""Taking a loaded release out of force, and putting it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from charthouse.apps.core.errors import Invalid
from charthouse.apps.reference.actions import restore, withdraw
from charthouse.kit import Refused
from charthouse.web.people import person_of

_LONGEST = 200


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Withdraw or restore a release, with the reason that was given; either can be taken back by the other."""
    uid, reason = request.POST.get("uid", "")[:_LONGEST], request.POST.get("reason", "")[:_LONGEST]
    is_back = request.POST.get("to") == "restore"
    try:
        release = (restore if is_back else withdraw)(person_of(request), uid, reason)
    except Refused as error:
        messages.error(request, str(error))
    except Invalid as error:
        messages.error(request, f"{error.message} Nothing was changed.")
    else:
        now = (
            "is in force again" if is_back else "is out of force; the release before it answers again, if there is one"
        )
        messages.success(request, f"{release.table.value} {release.label} {now}.")
    return redirect("codebook:sets")
