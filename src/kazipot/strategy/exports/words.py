"""Figures told in sentences."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, npgettext

from kazipot.foundation.ui.templatetags.ui import number
from kazipot.strategy.queries import Indicator, Second, Spec


def sentence(figure: Indicator) -> str:
    """What the numerator and the denominator say, such as "19 of 23 units … have one."."""
    if not figure.denominator:
        return _("There is nothing to count on this day yet.")
    return SENTENCES[figure.kind](figure)


def _advisors(figure: Indicator) -> str:
    every = npgettext(
        "out of",
        "%(count)s unit that must have an advisor",
        "%(count)s units that must have an advisor",
        figure.denominator,
    ) % {"count": number(figure.denominator)}
    return ngettext("%(met)s of %(all)s has one.", "%(met)s of %(all)s have one.", figure.numerator) % {
        "met": number(figure.numerator),
        "all": every,
    }


def _needs(figure: Indicator) -> str:
    year = {"year": figure.counted_on.year}
    if figure.numerator:
        return _("The needs analysis of %(year)s has been published.") % year
    return _("The needs analysis of %(year)s has not been published yet.") % year


def _training(figure: Indicator) -> str:
    every = npgettext(
        "out of",
        "%(count)s employee with a stated need",
        "%(count)s employees with a stated need",
        figure.denominator,
    ) % {"count": number(figure.denominator)}
    return ngettext(
        "%(met)s of %(all)s had the opportunity to attend training in %(year)s.",
        "%(met)s of %(all)s had the opportunity to attend training in %(year)s.",
        figure.numerator,
    ) % {"met": number(figure.numerator), "all": every, "year": figure.counted_on.year}


def _hiring(figure: Indicator) -> str:
    every = npgettext("out of", "%(count)s job posting", "%(count)s job postings", figure.denominator) % {
        "count": number(figure.denominator)
    }
    return ngettext(
        "%(met)s of %(all)s in %(year)s demands digital competences.",
        "%(met)s of %(all)s in %(year)s demand digital competences.",
        figure.numerator,
    ) % {"met": number(figure.numerator), "all": every, "year": figure.counted_on.year}


def _verification(figure: Indicator) -> str:
    every = npgettext("out of", "%(count)s employee", "%(count)s employees", figure.denominator) % {
        "count": number(figure.denominator)
    }
    return ngettext(
        "%(met)s of %(all)s has both training and verification in order.",
        "%(met)s of %(all)s have both training and verification in order.",
        figure.numerator,
    ) % {"met": number(figure.numerator), "all": every}


SENTENCES: Mapping[str, Callable[[Indicator], str]] = {
    "advisors": _advisors,
    "needs": _needs,
    "training": _training,
    "hiring": _hiring,
    "verification": _verification,
}


def second_name(second: Second) -> str:
    """What a figure beside an indicator is called."""
    names = {"response": _("Response rate"), "exceptions": _("Exceptions at the gate")}
    return names.get(second.name, _("Units that took part"))


def second_sentence(second: Second) -> str:
    """What a figure beside an indicator says."""
    if second.name == "exceptions":
        every = npgettext("out of", "%(count)s posting", "%(count)s postings", second.denominator) % {
            "count": number(second.denominator)
        }
        return ngettext(
            "%(met)s of %(all)s was published by an exception.",
            "%(met)s of %(all)s were published by an exception.",
            second.numerator,
        ) % {"met": number(second.numerator), "all": every}
    if second.name == "response":
        every = npgettext("out of", "%(count)s person asked", "%(count)s people asked", second.denominator) % {
            "count": number(second.denominator)
        }
        return ngettext("%(met)s of %(all)s answered.", "%(met)s of %(all)s answered.", second.numerator) % {
            "met": number(second.numerator),
            "all": every,
        }
    every = npgettext("out of", "%(count)s unit", "%(count)s units", second.denominator) % {
        "count": number(second.denominator)
    }
    return ngettext("%(met)s of %(all)s took part.", "%(met)s of %(all)s took part.", second.numerator) % {
        "met": number(second.numerator),
        "all": every,
    }


CONDITIONS = {
    "fits": gettext_lazy("it fits a stated need (competence and level)"),
    "working_time": gettext_lazy("the session is in working time"),
    "reachable": gettext_lazy("the person can get to the place"),
    "accessible": gettext_lazy("the place is accessible without barriers"),
    "notice": gettext_lazy("it came early enough"),
    "held": gettext_lazy("the session took place"),
}
"""What an opportunity must be, in words."""


def condition_name(name: str) -> str:
    """A condition of an opportunity, in words."""
    return str(CONDITIONS[name])


def parameters(spec: Spec) -> list[str]:
    """The parameters of an indicator, in sentences."""
    found = []
    match spec.kind:
        case "training":
            days = spec.parameters.notice_days
            found.append(
                ngettext(
                    "An offer is timely when it comes at least %(days)s day before the session begins.",
                    "An offer is timely when it comes at least %(days)s days before the session begins.",
                    days,
                )
                % {"days": days}
            )
            names = ", ".join(str(condition_name(name)) for name in spec.parameters.conditions)
            found.append(
                _("An opportunity is an offer of which all of this is true: %(conditions)s.") % {"conditions": names}
            )
        case "verification":
            rule = spec.parameters
            found.append(
                ngettext(
                    "Training and verification stay valid for %(months)s month.",
                    "Training and verification stay valid for %(months)s months.",
                    rule.months,
                )
                % {"months": rule.months}
            )
            found.append(
                ngettext(
                    "New employees have a grace period of %(months)s month.",
                    "New employees have a grace period of %(months)s months.",
                    rule.grace_months,
                )
                % {"months": rule.grace_months}
            )
            found.append(
                _("Only a verification that was passed counts.")
                if rule.counts == "passed"
                else _("Every verification taken counts.")
            )
    return found


def definition_name(definition: str) -> str:
    """What a definition of a need goes by."""
    return {
        "stated": _("stated by the person"),
        "required": _("required by the post, above the own level"),
        "measured": _("measured: verification taken and not passed"),
    }[definition]
