"""The panel of demo people on the sign-in page; empty in every real installation."""

from __future__ import annotations

from django import template

from charthouse.web.demo import demo_people as people_of_the_demo

register = template.Library()


@register.inclusion_tag("account/demo_people.html")
def demo_people() -> dict[str, object]:
    """Render the panel."""
    found = people_of_the_demo()
    return {"password": found[0], "people": found[1]} if found else {}
