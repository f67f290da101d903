"""Kinds of employers and units, and how one unit follows another."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitKind(TextChoices):
    """What a unit is. The first group are whole employers; the second are parts of an administration."""

    CITY_ADMINISTRATION = "city_administration", _("City administration")
    PUBLIC_COMPANY = "public_company", _("Public company")
    PUBLIC_FUND = "public_fund", _("Public fund")
    PUBLIC_INSTITUTE = "public_institute", _("Public institute")
    KINDERGARTEN = "kindergarten", _("Kindergarten")
    PRIMARY_SCHOOL = "primary_school", _("Primary school")
    MUSIC_SCHOOL = "music_school", _("Music school")
    CABINET = "cabinet", _("Mayor's office")
    SECRETARIAT = "secretariat", _("Secretariat")
    DEPARTMENT = "department", _("Department")
    SERVICE = "service", _("Service")
    BODY = "body", _("Body")
    SECTION = "section", _("Section")


class Succession(TextChoices):
    """Why one unit took over from another."""

    MERGE = "merge", _("merged into")
    SPLIT = "split", _("split into")
