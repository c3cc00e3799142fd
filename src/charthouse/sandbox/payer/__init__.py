"""The payer simulator: collects claims from channel folders and answers them as a payer would; it has no database."""

from charthouse.sandbox.payer.running import run_once

__all__ = ["run_once"]
