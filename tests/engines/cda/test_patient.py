"""The patient of a document: numbers, names, sex, birth date and address."""

from __future__ import annotations

from datetime import date

import pytest

from charthouse.kit import ChartPatient, Sex
from tests.engines.cda.building import chart


def patient(role: str) -> ChartPatient:
    return chart(role=role).patient


def person(inside: str) -> ChartPatient:
    return patient(f'<id root="1.2.3" extension="M1"/><patient>{inside}</patient>')


def test_plain_patient() -> None:
    read = chart().patient
    assert (read.mrn, read.mrn_authority, read.family_name, read.given_name) == ("M100", "1.2.3", "Whitfield", "Ada")
    assert (read.sex, read.birth_date) == (Sex.FEMALE, date(1961, 4, 9))


def test_identifier_called_mrn_wins() -> None:
    ids = '<id root="9.9" extension="A"/><id root="1.2" extension="B" assigningAuthorityName="North MRN"/>'
    assert (patient(ids).mrn, patient(ids).mrn_authority) == ("B", "North MRN")


@pytest.mark.parametrize("root", ["2.16.840.1.113883.4.1", "2.16.840.1.113883.4.3.25"])
def test_personal_numbers_are_never_kept(root: str) -> None:
    read = chart(role=f'<id root="{root}" extension="900-11-2222"/>')
    assert "900-11-2222" not in repr(read)
    assert read.patient.mrn.startswith("DOC-")
    assert read.patient.mrn_authority == "made from the document"


def test_made_number_is_the_same_for_the_same_document_and_person_only() -> None:
    nobody = '<id nullFlavor="NI"/>'
    ada = "<patient><name><given>Ada</given><family>Whitfield</family></name></patient>"
    assert patient(nobody + ada).mrn == patient(nobody + ada).mrn
    assert patient(nobody + ada).mrn != patient(nobody).mrn
    other = chart(role=nobody + ada, header='<id root="1" extension="D2"/>').patient
    assert other.mrn != patient(nobody + ada).mrn


def test_legal_name_goes_before_search_and_birth_names() -> None:
    read = person(
        '<name use="SRCH"><given>Ade</given><family>Old</family></name>'
        '<name use="L"><given>Ada</given><given>Jane</given><given qualifier="CL">Addie</given>'
        '<family qualifier="BR">Born</family><family>Whitfield</family></name>'
    )
    assert (read.family_name, read.given_name, read.middle_name) == ("Whitfield", "Ada", "Jane")


def test_name_as_one_text_is_split_at_its_last_word() -> None:
    read = person("<name>Ada Jane Whitfield</name>")
    assert (read.given_name, read.family_name) == ("Ada Jane", "Whitfield")


@pytest.mark.parametrize("name", ['<name nullFlavor="UNK"/>', "", "<name/>"])
def test_absent_name_is_empty(name: str) -> None:
    assert person(name).family_name == ""


@pytest.mark.parametrize(
    ("written", "born"),
    [
        ("19610409", date(1961, 4, 9)),
        ("196104090815", date(1961, 4, 9)),
        ("19610409081500.123-0500", date(1961, 4, 9)),
        ("1961-04-09", date(1961, 4, 9)),
        ("196104", None),
        ("1961", None),
        ("19610230", None),
        ("unknown", None),
        ("", None),
    ],
)
def test_birth_date_at_every_precision(written: str, born: date | None) -> None:
    assert person(f'<birthTime value="{written}"/>').birth_date == born


def test_imprecise_birth_date_is_told() -> None:
    read = chart(role='<id root="1" extension="M"/><patient><birthTime value="1961"/></patient>')
    assert any("birthTime" in one.place for one in read.skipped)


@pytest.mark.parametrize(("code", "sex"), [("F", Sex.FEMALE), ("m", Sex.MALE), ("UN", Sex.UNKNOWN), ("", Sex.UNKNOWN)])
def test_sex(code: str, sex: Sex) -> None:
    assert person(f'<administrativeGenderCode code="{code}"/>').sex is sex


def test_home_address_wins_and_null_addresses_do_not_count() -> None:
    read = patient(
        '<addr nullFlavor="UNK"/><addr use="WP"><city>Work</city></addr>'
        '<addr use="HP"><streetAddressLine>12 Quay St</streetAddressLine><streetAddressLine>Flat 2</streetAddressLine>'
        "<city>Harbor Point</city><state>ME</state><postalCode>04101-</postalCode></addr>"
    )
    assert (read.address_line, read.city, read.state) == ("12 Quay St, Flat 2", "Harbor Point", "ME")
    assert read.postal_code == "04101"


def test_further_patients_are_told() -> None:
    header = "<recordTarget><patientRole><id root='1' extension='first'/></patientRole></recordTarget>"
    read = chart(header=header)
    assert read.patient.mrn == "first"
    assert any(one.what.startswith("1 further patient") for one in read.skipped)
