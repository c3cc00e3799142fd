"""Which files of the Medicare Coverage Database are read, which of their columns, and the sheets they fill."""

from __future__ import annotations

from dataclasses import dataclass

from charthouse.engines.codesets.shelf import Sheet

# Kinds of cells: number, day, text, html (made plain), procedure, diagnosis, or a word that is written as it is (=).
_ARTICLE = (("article_id", "number"), ("article_version", "number"))
_CONTRACTOR = (("contractor_id", "number"), ("contractor_type_id", "number"), ("contractor_version", "number"))


@dataclass(frozen=True, slots=True)
class File:
    """One csv file: the sheet it fills and its columns with their kinds, in the order of the sheet."""

    sheet: str
    columns: tuple[tuple[str, str], ...]
    is_needed: bool = True


FILES = {
    "article": File(
        "article",
        (
            *_ARTICLE, ("display_id", "text"), ("title", "text"), ("status", "text"), ("article_eff_date", "day"),
            ("article_end_date", "day"), ("date_retired", "day"), ("last_updated", "day"),
        ),
    ),
    "article_x_hcpc_code": File(
        "article_code", (*_ARTICLE, ("hcpc_code_id", "procedure"), ("hcpc_code_group", "number"))
    ),
    "article_x_icd10_covered": File(
        "covered", (*_ARTICLE, ("icd10_code_id", "diagnosis"), ("icd10_covered_group", "number"))
    ),
    "article_x_icd10_noncovered": File(
        "noncovered", (*_ARTICLE, ("icd10_code_id", "diagnosis"), ("icd10_noncovered_group", "number"))
    ),
    "article_x_hcpc_code_group": File(
        "paragraph", (("codes", "="), *_ARTICLE, ("hcpc_code_group", "number"), ("paragraph", "html")), is_needed=False
    ),
    "article_x_icd10_covered_group": File(
        "paragraph", (("covered", "="), *_ARTICLE, ("icd10_covered_group", "number"), ("paragraph", "html"))
    ),
    "article_x_icd10_noncovered_group": File(
        "paragraph",
        (("noncovered", "="), *_ARTICLE, ("icd10_noncovered_group", "number"), ("paragraph", "html")),
        is_needed=False,
    ),
    "article_x_contractor": File("article_contractor", (*_ARTICLE, *_CONTRACTOR)),
    "contractor": File("contractor", (*_CONTRACTOR, ("contractor_bus_name", "text"), ("contractor_number", "text"))),
    "contractor_jurisdiction": File(
        "jurisdiction", (*_CONTRACTOR, ("state_id", "number"), ("active_date", "day"), ("term_date", "day"))
    ),
    "state_lookup": File("state", (("state_id", "number"), ("state_abbrev", "text"), ("description", "text"))),
    "lcd": File(
        "lcd",
        (
            ("lcd_id", "number"), ("lcd_version", "number"), ("display_id", "text"), ("title", "text"),
            ("status", "text"), ("orig_det_eff_date", "day"), ("ent_det_end_date", "day"), ("date_retired", "day"),
        ),
        is_needed=False,
    ),
    "lcd_related_documents": File(
        "related",
        (("r_article_id", "number"), ("r_article_version", "number"), ("lcd_id", "number"), ("lcd_version", "number")),
        is_needed=False,
    ),
    "article_related_documents": File(
        "related", (*_ARTICLE, ("r_lcd_id", "number"), ("r_lcd_version", "number")), is_needed=False
    ),
}  # fmt: skip

_GROUPED = ("article INTEGER", "version INTEGER", "code TEXT", "grp INTEGER")
_GROUP_KEY = ("article", "version", "grp", "code")
_WHO = ("contractor INTEGER", "type INTEGER", "contractor_version INTEGER")
_WHO_KEY = ("contractor", "type", "contractor_version")
SHEETS = (
    Sheet(
        "article",
        (
            "article INTEGER", "version INTEGER", "display TEXT", "title TEXT", "status TEXT", "effective INTEGER",
            "ends INTEGER", "retired INTEGER", "updated INTEGER",
        ),
        ("article", "version"),
    ),
    Sheet("article_code", _GROUPED, _GROUP_KEY, (("code",),)),
    Sheet("covered", _GROUPED, _GROUP_KEY, (("code",),)),
    Sheet("noncovered", _GROUPED, _GROUP_KEY, (("code",),)),
    Sheet(
        "paragraph",
        ("kind TEXT", "article INTEGER", "version INTEGER", "grp INTEGER", "text TEXT"),
        ("article", "version", "kind", "grp"),
    ),
    Sheet("article_contractor", ("article INTEGER", "version INTEGER", *_WHO), ("article", "version", *_WHO_KEY)),
    Sheet("contractor", (*_WHO, "name TEXT", "number TEXT"), _WHO_KEY),
    Sheet(
        "jurisdiction",
        (*_WHO, "state INTEGER", "starts INTEGER", "ends INTEGER"),
        (*_WHO_KEY, "state", "starts"),
    ),
    Sheet("state", ("state INTEGER", "abbreviation TEXT", "name TEXT"), ("state",)),
    Sheet(
        "lcd",
        (
            "lcd INTEGER", "version INTEGER", "display TEXT", "title TEXT", "status TEXT", "effective INTEGER",
            "ends INTEGER", "retired INTEGER",
        ),
        ("lcd", "version"),
    ),
    Sheet(
        "related",
        ("article INTEGER", "version INTEGER", "lcd INTEGER", "lcd_version INTEGER"),
        ("article", "version", "lcd", "lcd_version"),
        (("lcd",),),
    ),
)  # fmt: skip
