"""Looking after the code sets: what is loaded, loading files, taking releases out, the CPT licence and its seats."""

from charthouse.web.views.codesets.cpt import licence, seat
from charthouse.web.views.codesets.loads import faults, load, loading
from charthouse.web.views.codesets.releases import change
from charthouse.web.views.codesets.sets import sets

__all__ = ["change", "faults", "licence", "load", "loading", "seat", "sets"]
