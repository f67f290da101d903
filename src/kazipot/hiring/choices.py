"""Kinds of job postings, how far one has come, and what a hired person showed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PostingKind(TextChoices):
    """Officials are found by a public competition, others by a public posting."""

    COMPETITION = "competition", _("Public competition (officials)")
    POSTING = "posting", _("Public posting")
    INTERNAL = "internal", _("Internal posting")


class PostingStage(TextChoices):
    """Draft → waits for approval → approved → published → filled (or closed without a choice)."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waits for approval")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    FILLED = "filled", _("filled")
    UNFILLED = "unfilled", _("closed without a choice")


BEFORE_PUBLICATION = (PostingStage.DRAFT, PostingStage.SUBMITTED, PostingStage.APPROVED)


class Verdict(TextChoices):
    """What a posting's text says of digital knowledge."""

    SELECTED = "selected", _("selected digital competences are required")
    VAGUE = "vague", _("digital knowledge is mentioned only vaguely")
    NONE = "none", _("digital knowledge is not mentioned")


class ProfileStatus(TextChoices):
    """A version of a family's demands is drafted, then approved; the approved one of the latest day holds."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved")


class Basis(TextChoices):
    """What a proposed demand rests on."""

    WORK = "work", _("what the work needs")
    ANALYSIS = "analysis", _("needs analysis")
    SIMILAR = "similar", _("similar posts")


class Showing(TextChoices):
    """What a candidate showed of a demanded competence."""

    SHOWN = "shown", _("shown")
    PARTLY = "partly", _("partly shown")
    NOT_SHOWN = "not_shown", _("not shown")
