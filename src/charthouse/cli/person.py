"""`charthouse person add`: somebody who may sign in, for an installation without the demo."""

from __future__ import annotations

import argparse
import getpass
from typing import TYPE_CHECKING

from charthouse.cli.setup import ready_django, say

if TYPE_CHECKING:
    from charthouse.apps.accounts.models import Role


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, where and in which roles."""
    parser.add_argument("what", choices=["add"])
    parser.add_argument("email")
    parser.add_argument("full_name")
    parser.add_argument("--organization", required=True, help="name; made when it does not exist yet")
    parser.add_argument("--role", action="append", required=True, dest="roles", help="coder, biller, it-admin, …")


def run(options: argparse.Namespace) -> int:
    """Ask for a first password and add the person; the second factor is set up at the first sign-in."""
    ready_django()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from charthouse.apps.accounts.models import Role
    from charthouse.apps.core.errors import ActionError

    password = getpass.getpass("First password (12 characters or more): ")
    try:
        validate_password(password)
        roles = [Role(name) for name in options.roles]
    except (ValidationError, ValueError) as error:
        say(" ".join(getattr(error, "messages", [str(error)])))
        return 1
    try:
        _add(options, password, roles)
    except ActionError as error:
        say(f"{error.message} {error.mend}".strip())
        return 1
    say(f"{options.full_name} may sign in and will be asked to set up an authenticator.")
    return 0


def _add(options: argparse.Namespace, password: str, roles: list[Role]) -> None:
    """All of it or nothing: an address that is refused leaves no organization behind."""
    from django.db import transaction

    from charthouse.apps.accounts.actions import add_organization, add_person, grant_role
    from charthouse.apps.program.actions import publish_shipped_texts

    with transaction.atomic():
        person = add_person(options.email, options.full_name, password)
        organization = add_organization(options.organization)
        for role in roles:
            grant_role(person, organization, role)
        is_new = not organization.agreement_versions.exists()
        if is_new:
            publish_shipped_texts(organization)
    if is_new:
        say(f"Published the shipped agreements for {organization.name}. Have counsel review them before anyone signs.")
