"""How pages write money, dates, codes, icons and states."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from charthouse.kit import Code, CodeSystem, Money, Severity

register = template.Library()

# Each state has a shape, a word and a colour; never a colour alone.
SEVERITY_STATES = {
    Severity.FATAL: ("stop", "danger", "Stops"),
    Severity.WARNING: ("check", "warn", "Check"),
    Severity.ADVICE: ("info", "accent", "Advice"),
    Severity.NO_DATA: ("none", "quiet", "Not checked"),
}
TONE_ICONS = {"danger": "stop", "warn": "check", "ok": "ok", "accent": "info", "quiet": "none"}
MESSAGE_TONES = {"error": "danger", "warning": "warn", "success": "ok"}
DISPLAY_CHOICES = {"theme": ("light", "dark"), "density": ("comfortable",)}


@register.filter
def money(amount: Money | int | None) -> str:
    """Write cents or Money as `$1,234.50`; nothing for no amount."""
    if amount is None:
        return ""
    return str(amount if isinstance(amount, Money) else Money(amount))


@register.filter
def figure(amount: Money | int | None) -> str:
    """Write an amount without its dollar sign, for columns: `1,234.50`."""
    return money(amount).replace("$", "")


@register.filter
def day(value: date | datetime | None) -> str:
    """Write a day as `3 Nov 2026`, in the time zone of the house; nothing for none."""
    if value is None:
        return ""
    here = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{here.day} {here:%b %Y}"


@register.filter
def short_day(value: date | datetime | None) -> str:
    """Write a day of about now as `3 Nov`."""
    return day(value).rpartition(" ")[0]


@register.filter
def moment(value: datetime | date | None) -> str:
    """Write a moment as `3 Nov 2026 14:10`; a mere date without the time."""
    return f"{day(value)} {timezone.localtime(value):%H:%M}" if isinstance(value, datetime) else day(value)


@register.filter
def counts(found: dict[str, int]) -> str:
    """Write counts by kind as `1 patient, 3 documents`, leaving out what there is none of."""
    told = {what: number for what, number in found.items() if number}
    return ", ".join(f"{number} {what.removesuffix('s') if number == 1 else what}" for what, number in told.items())


@register.filter
def icd(code: str) -> str:
    """Write an ICD-10-CM code with its dot."""
    return Code(CodeSystem.ICD10CM, code.replace(".", "")).display


@register.simple_tag
def icon(name: str, extra: str = "", label: str = "") -> SafeString:
    """Draw an icon of the sprite; with a label it speaks, without one it is decoration."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" {}><use href="{}#{}"></use></svg>', extra, spoken, static("charthouse/icons.svg"), name
    )


@register.simple_tag
def state(tone: str, words: str, name: str = "") -> SafeString:
    """Write a state: its shape, its words, its colour (danger, warn, ok, accent or quiet)."""
    return format_html('<span class="state is-{}">{}{}</span>', tone, icon(name or TONE_ICONS.get(tone, "info")), words)


@register.simple_tag
def severity(value: Severity) -> SafeString:
    """Write how bad a finding is."""
    name, tone, words = SEVERITY_STATES[value]
    return state(tone, words, name)


@register.simple_tag
def flag(value: Severity) -> SafeString:
    """Write beside a line how bad the worst finding on it is, without words to see."""
    name, tone, words = SEVERITY_STATES[value]
    return icon(name, f"flag is-{tone}", f"{words}:")


@register.filter
def message_tone(level_tag: str) -> str:
    """The tone of a note for a message of Django's levels."""
    return MESSAGE_TONES.get(level_tag, "accent")


@register.filter
def tone_icon(tone: str) -> str:
    """The shape that goes with a tone."""
    return TONE_ICONS.get(tone, "info")


@register.simple_tag(takes_context=True)
def display_attributes(context: Context) -> SafeString:
    """Attributes of the html element for the look somebody chose; the cookies hold nothing else."""
    request = context.get("request")
    cookies = request.COOKIES if isinstance(request, HttpRequest) else {}
    chosen = {name: cookies.get(f"ch_{name}", "") for name in DISPLAY_CHOICES}
    attributes = [
        format_html(' data-{}="{}"', name, value) for name, value in chosen.items() if value in DISPLAY_CHOICES[name]
    ]
    return format_html("{}" * len(attributes), *attributes) if attributes else SafeString("")
