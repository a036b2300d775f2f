"""The desk: Django's admin, one page a unit, one module a feature."""

from __future__ import annotations

from django.contrib import admin

from guide.admin import (
    articles,
    counts,
    editions,
    faqs,
    people,
    questionnaires,
    questions,
    reference,
    search,
    sign_ins,
    stretches,
    submissions,
    upkeep,
)

admin.site.site_header = "LegRelief desk"
admin.site.site_title = "LegRelief desk"
admin.site.index_title = "What would you like to edit?"

__all__ = [
    "articles",
    "counts",
    "editions",
    "faqs",
    "people",
    "questionnaires",
    "questions",
    "reference",
    "search",
    "sign_ins",
    "stretches",
    "submissions",
    "upkeep",
]
