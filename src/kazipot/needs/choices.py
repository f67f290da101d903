"""The life of a campaign, what it promises, and what an interview holds."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CampaignStatus(TextChoices):
    """A campaign is drafted, open for answers, and closed."""

    DRAFT = "draft", pgettext_lazy("campaign", "draft")
    OPEN = "open", pgettext_lazy("campaign", "open")
    CLOSED = "closed", pgettext_lazy("campaign", "closed")


class Privacy(TextChoices):
    """What is promised to the people asked; settled before anybody is asked, and never changed afterwards."""

    CONFIDENTIAL = "confidential", _("confidential: answers belong to a person, so that a seat can be offered")
    ANONYMOUS = "anonymous", _("anonymous: nobody can find out whose an answer is, and no seat can be offered from it")


class Stratum(TextChoices):
    """By what a sample is drawn, so that every group has its share."""

    KIND = "kind", _("kind of unit")
    EMPLOYER = "employer", _("employer")
    UNIT = "unit", pgettext_lazy("stratum", "unit")
    FAMILY = "family", _("job family")


class PassageKind(TextChoices):
    """What a passage of an interview is about."""

    GAP = "gap", _("gap in knowledge")
    BARRIER = "barrier", _("barrier")
    IDEA = "idea", _("idea")
    GOOD_PRACTICE = "good_practice", _("good practice")


class Consent(TextChoices):
    """What may be told of an interview."""

    PARAPHRASE = "paraphrase", _("only in other words")
    QUOTE = "quote", _("also in their own words, without a name")


class SourceKind(TextChoices):
    """The tool that wrote a file of answers; it settles how missing answers and ticks are written."""

    ONE_KA = "1ka", "1KA"
    LIMESURVEY = "limesurvey", "LimeSurvey"
    MS_FORMS = "ms_forms", "Microsoft Forms"
    OTHER = "other", _("another tool")


class InterviewMode(TextChoices):
    """With one person or with several at once."""

    INDIVIDUAL = "individual", _("individual")
    GROUP = "group", pgettext_lazy("interview", "group")


class NextStep(TextChoices):
    """What is to be done next with a campaign."""

    OPEN = "open", pgettext_lazy("step of a campaign", "Draft")
    COLLECT = "collect", pgettext_lazy("step of a campaign", "Answering")
    CLOSE = "close", pgettext_lazy("step of a campaign", "Closing")
    PUBLISH = "publish", pgettext_lazy("step of a campaign", "Analysis")
    NOTHING = "nothing", pgettext_lazy("step of a campaign", "Done")
