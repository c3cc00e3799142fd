"""What the apps above hear from the border: a chart came in, an X12 interchange came in, one went out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from charthouse.apps.accounts.models import Organization
from charthouse.apps.core.hooks import Hook
from charthouse.apps.exchange.models import Channel, InboundFile, OutboundInterchange
from charthouse.kit import Chart

if TYPE_CHECKING:
    from charthouse.engines.x12 import Interchange, X12Fault


@dataclass(frozen=True, slots=True)
class ChartReceived:
    """A file was read as a chart. Handlers store it and add what they took to `taken` (counts by kind)."""

    organization: Organization
    file: InboundFile
    chart: Chart
    taken: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class X12Received:
    """An interchange of a file that came in on a channel, with every fault found in it."""

    channel: Channel
    file: InboundFile
    interchange: Interchange
    faults: tuple[X12Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class InterchangeDelivered:
    """An interchange of the outbox reached its channel."""

    interchange: OutboundInterchange


chart_received: Hook[ChartReceived] = Hook("exchange.chart_received")
x12_received: Hook[X12Received] = Hook("exchange.x12_received")
interchange_delivered: Hook[InterchangeDelivered] = Hook("exchange.interchange_delivered")
