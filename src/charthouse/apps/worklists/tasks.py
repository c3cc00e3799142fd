"""Work of the worklists that repeats by itself."""

from __future__ import annotations

from charthouse.apps.jobs.registry import periodic
from charthouse.apps.worklists.actions import return_ended_leases

periodic("worklists.return_ended_leases", every_seconds=60)(return_ended_leases)
