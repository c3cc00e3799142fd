"""Coded entries of a section as facts: problems, medications, allergies, results, procedures, vaccines, vital signs."""

from __future__ import annotations

from collections.abc import Iterator

from charthouse.engines.cda.codes import codes_of, label_of, quantity, referenced_text, value_of
from charthouse.engines.cda.narrative import Narrative
from charthouse.engines.cda.skips import Skips
from charthouse.engines.cda.values import attribute, day_of, find, find_all, flat_text, is_null, local_name, span_of
from charthouse.engines.cda.xml import Element
from charthouse.kit import ChartFact, FactKind

_BY_SECTION = {  # LOINC section codes
    "11450-4": FactKind.PROBLEM,
    "42347-5": FactKind.PROBLEM,  # admission diagnosis
    "46241-6": FactKind.PROBLEM,
    "11535-2": FactKind.PROBLEM,  # discharge diagnosis
    "C-CDAV2-DDN": FactKind.PROBLEM,  # the same, before LOINC had a code for it
    "10219-4": FactKind.PROBLEM,  # diagnosis before surgery
    "10218-6": FactKind.PROBLEM,  # diagnosis after surgery
    "59769-0": FactKind.PROBLEM,  # diagnosis after a procedure
    "55109-3": FactKind.PROBLEM,  # complications
    "11348-0": FactKind.PROBLEM,  # past illness
    "46240-8": FactKind.PROBLEM,  # encounters: their diagnoses
    "10160-0": FactKind.MEDICATION,
    "29549-3": FactKind.MEDICATION,  # given during the visit
    "75311-1": FactKind.MEDICATION,  # at discharge
    "10183-2": FactKind.MEDICATION,
    "42346-7": FactKind.MEDICATION,  # at admission
    "48765-2": FactKind.ALLERGY,
    "30954-2": FactKind.RESULT,
    "47519-4": FactKind.PROCEDURE,
    "11369-6": FactKind.IMMUNIZATION,
    "8716-3": FactKind.VITAL_SIGN,
}
_OF_THIS_ENCOUNTER = {
    "42347-5",
    "46241-6",
    "11535-2",
    "C-CDAV2-DDN",
    "10219-4",
    "10218-6",
    "59769-0",
    "55109-3",
    "29549-3",
}
_PROBLEM = "2.16.840.1.113883.10.20.22.4.4"
_PROBLEM_STATUS = "2.16.840.1.113883.10.20.22.4.6"
_ALLERGY_STATUS = "2.16.840.1.113883.10.20.22.4.28"
_ALLERGY = "2.16.840.1.113883.10.20.22.4.7"
_NEGATED = "not present"


def read_facts(section: Element, narrative: Narrative, skips: Skips, encounter_key: str) -> list[ChartFact]:
    """Facts of one section; facts that are of this encounter by their section carry its key."""
    code = attribute(find(section, "code"), "code")
    kind = _BY_SECTION.get(code)
    entries = [entry for one in find_all(section, "entry") for entry in one]
    place = f"section {flat_text(find(section, 'title')) or code or 'without title'}"
    if kind is None:
        for entry in entries:
            skips.add(place, f"{local_name(entry)} entry", "not a kind of fact a chart keeps; its narrative is kept")
        return []
    facts: list[ChartFact] = []
    for entry in entries:
        found = [fact for part in _parts(entry, kind) if (fact := _fact(part, kind, narrative))]
        if not found:
            skips.add(place, f"{local_name(entry)} entry", "it names nothing (null or empty); its narrative is kept")
        facts.extend(found)
    if code in _OF_THIS_ENCOUNTER:
        return [_with_encounter(fact, encounter_key) for fact in facts]
    return facts


def _with_encounter(fact: ChartFact, key: str) -> ChartFact:
    return ChartFact(fact.kind, fact.label, fact.codes, fact.value, fact.on, fact.status, key)


def _parts(entry: Element, kind: FactKind) -> Iterator[Element]:
    """The statements inside an entry that each make one fact."""
    if kind is FactKind.PROBLEM:
        by_template = [one for one in entry.iter("{urn:hl7-org:v3}observation") if _has_template(one, _PROBLEM)]
        yield from by_template or find_all(entry, "entryRelationship/observation")
        if not by_template and local_name(entry) == "observation":
            yield entry
    elif kind is FactKind.ALLERGY:
        by_template = [one for one in entry.iter("{urn:hl7-org:v3}observation") if _has_template(one, _ALLERGY)]
        yield from by_template or find_all(entry, "entryRelationship/observation") or [entry]
    elif local_name(entry) == "organizer":
        yield from find_all(entry, "component/observation")
    else:
        yield entry


def _has_template(element: Element, root: str) -> bool:
    return any(attribute(one, "root") == root for one in find_all(element, "templateId"))


def _fact(part: Element, kind: FactKind, narrative: Narrative) -> ChartFact | None:
    subject = _subject(part, kind)
    label = label_of(subject, narrative) or _fallback_label(part, kind, narrative)
    codes = codes_of(subject)
    if not label and not codes:
        return None
    first_day, _ = span_of(find(part, "effectiveTime"))
    return ChartFact(
        kind=kind,
        label=label or codes[0].display,
        codes=codes,
        value=_value(part, kind, narrative),
        on=first_day,
        status=_status(part),
    )


def _subject(part: Element, kind: FactKind) -> Element | None:
    """The coded element that says what the fact is about."""
    if kind is FactKind.PROBLEM:
        return find(part, "value")
    if kind is FactKind.ALLERGY:
        return find(part, "participant/participantRole/playingEntity/code")
    if kind in (FactKind.MEDICATION, FactKind.IMMUNIZATION):
        return find(part, "consumable/manufacturedProduct/manufacturedMaterial/code")
    return find(part, "code")


def _fallback_label(part: Element, kind: FactKind, narrative: Narrative) -> str:
    if kind is FactKind.ALLERGY:
        name = flat_text(find(part, "participant/participantRole/playingEntity/name"))
        return name or referenced_text(part, narrative) or label_of(find(part, "value"), narrative)
    material = find(part, "consumable/manufacturedProduct/manufacturedMaterial/name")
    return flat_text(material) or referenced_text(part, narrative)


def _value(part: Element, kind: FactKind, narrative: Narrative) -> str:
    if kind is FactKind.ALLERGY:
        relations = [one for one in find_all(part, "entryRelationship") if attribute(one, "typeCode") == "MFST"]
        return "; ".join(text for one in relations if (text := value_of_child(one, narrative)))
    if kind in (FactKind.MEDICATION, FactKind.IMMUNIZATION):
        dose = quantity(find(part, "doseQuantity"))
        return " ".join(text for text in (dose, label_of(find(part, "routeCode"), narrative)) if text)
    return "" if kind is FactKind.PROBLEM else value_of(part, narrative)


def value_of_child(relation: Element, narrative: Narrative) -> str:
    """Value of the observation inside a relationship, such as an allergy's reaction."""
    observation = find(relation, "observation")
    return "" if observation is None else value_of(observation, narrative)


def _status(part: Element) -> str:
    if attribute(part, "negationInd") == "true":
        return _NEGATED
    for observation in find_all(part, "entryRelationship/observation"):
        if _has_template(observation, _PROBLEM_STATUS) or _has_template(observation, _ALLERGY_STATUS):
            value = find(observation, "value")
            if not is_null(value):
                return attribute(value, "displayName").lower()
    concern = part.getparent()
    concern = None if concern is None else concern.getparent()
    if concern is None or local_name(part) != "observation" or local_name(concern) != "act":
        return _code(part)
    # An observation is always "completed"; whether the problem still stands is said by its end or its concern.
    return "resolved" if day_of(attribute(find(part, "effectiveTime/high"), "value")) else _code(concern)


def _code(act: Element) -> str:
    return attribute(find(act, "statusCode"), "code")
