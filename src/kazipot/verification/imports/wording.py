"""What the cellar finds wrong with data or wishes, in words that say what to do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils.translation import gettext as _

from kazipot.core.psychometrics.errors import Fault, NotConverged, Unusable
from kazipot.foundation.errors import InputRefused, Problem


@contextmanager
def worded(name: str, rows: Sequence[int] = ()) -> Iterator[None]:
    """Turns refusals of the cellar into InputRefused about the file `name`; `rows` are the people's lines in it."""
    try:
        yield
    except Unusable as error:
        raise _refused([_problem(fault, name, rows) for fault in error.faults]) from error
    except NotConverged as error:
        message = _("The estimation did not come to rest in %(steps)s steps; the last change was %(change)s.") % {
            "steps": error.iterations,
            "change": f"{error.last_change:.2g}",
        }
        remedy = _("Use a simpler model or gather more answers.")
        raise _refused([Problem(None, name, "", message, remedy)]) from error


def _refused(problems: list[Problem]) -> InputRefused:
    return InputRefused(_("The input was refused."), problems)


def _problem(fault: Fault, name: str, rows: Sequence[int]) -> Problem:
    message, remedy = _sentence(fault)
    row = rows[fault.person] if 0 <= fault.person < len(rows) else None
    return Problem(row, fault.about or name, fault.found, message, remedy)


def _sentence(fault: Fault) -> tuple[str, str]:
    told = {"needed": fault.needed, "model": fault.about}
    sentences = {**_about_answers(), **_about_models(told), **_about_banks(told), **_about_wishes(told)}
    sentences |= _about_fit(told) | _about_panels(told)
    return sentences[fault.rule]


def _about_answers() -> dict[str, tuple[str, str]]:
    return {
        "empty": (_("There are no answers."), _("Choose the right file.")),
        "no_answers": (_("This person answered nothing."), _("Take the row out.")),
        "negative_code": (
            _("An answer is negative."),
            _("Write 0, 1, … and leave blank what was not asked."),
        ),
        "never_given": (_("Nobody answered this item."), _("Take the column out.")),
        "all_alike": (
            _("All people gave the same answer, which says nothing about the item."),
            _("Take the column out or gather more answers."),
        ),
        "missing_category": (
            _("Nobody gave this answer, though others gave a higher one."),
            _("Number the answers of the item anew, from 0 and without gaps."),
        ),
        "too_many_categories": (
            _("There are more different answers than the fixed item knows."),
            _("Correct the answers or calibrate the item anew."),
        ),
    }


def _about_models(told: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {
        "unknown_model": (_("There is no such model."), _("Choose rasch, 2pl, 3pl, grm or gpcm.")),
        "few_persons": (
            _("There are too few people for the model %(model)s, which needs at least %(needed)s.") % told,
            _("Gather more answers or choose a simpler model."),
        ),
        "few_answers": (
            _("There are too few answers to this item; the model needs at least %(needed)s.") % told,
            _("Take the column out or gather more answers."),
        ),
        "not_dichotomous": (
            _("The model knows only right and wrong, but there are more different answers."),
            _("Choose grm or gpcm, or score the answers 0 and 1."),
        ),
        "unbounded": (
            _("The discrimination grows without bound: a few answers decide everything."),
            _("Take the column out, gather more answers or choose rasch."),
        ),
        "not_identified": (
            _("The answers do not determine the parameters."),
            _("Choose a simpler model or see that the forms share items."),
        ),
        "nothing_free": (_("All items are held fixed."), _("Leave at least one to be calibrated.")),
    }


def _about_banks(told: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {
        "empty_bank": (_("The bank holds no items."), _("Choose the right file.")),
        "item_twice": (_("The item stands in the bank twice."), _("Give each item its own name.")),
        "slope_not_positive": (
            _("The discrimination is not above zero: who knows more would answer worse."),
            _("Check the key of the item or take it out of the bank."),
        ),
        "area_not_in_blueprint": (
            _("The area of the item is not in the blueprint."),
            _("Add the area to the blueprint or correct the item."),
        ),
        "shares_not_one": (_("The shares of the blueprint do not add up to 1."), _("Correct the shares.")),
        "share_not_positive": (_("The share of an area is not above zero."), _("Correct the shares.")),
        "bank_too_small": (
            _("The bank has too few items: the longest sitting takes %(needed)s that may meet.") % told,
            _("Add items or lower the maximum length."),
        ),
        "area_too_small": (
            _("The bank can't fill the blueprint: the longest sitting takes %(needed)s items of this area.") % told,
            _("Add items to the area or lower the maximum length."),
        ),
        "exposure_too_low": (
            _("The limit of exposure can't be kept: it takes at least %(needed)s items.") % told,
            _("Add items or raise the limit."),
        ),
    }


def _about_wishes(told: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {
        "error_rate": (
            _("No test of finite length has such an error rate."),
            _("Choose a rate above 0 and below 0.5."),
        ),
        "lengths": (
            _("The shortest sitting must have at least one item, and no more than the longest (%(needed)s).") % told,
            _("Correct the lengths."),
        ),
        "exposure_range": (_("A limit of exposure is a share of people."), _("Choose above 0 and at most 1.")),
        "cut_range": (_("Hardly anybody is on one side of this pass mark."), _("Choose from −4 to 4.")),
    }


def _about_fit(told: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {
        "few_complete": (
            _("Too few people answered all items; the test of fit needs at least %(needed)s.") % told,
            _("Test the fit of items that were given together."),
        ),
        "many_items": (
            _("The test of fit takes at most %(needed)s items.") % told,
            _("Test the fit of a part of the items."),
        ),
        "few_margins": (_("There are too few items to test the fit."), _("Test the fit with more items.")),
        "no_test": (
            _("No test of %(needed)s items keeps every limit.") % told,
            _("Add items or loosen the limits."),
        ),
        "test_complete": (_("The test is complete."), _("Nothing more needs to be done.")),
    }


def _about_panels(told: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {
        "few_judges": (
            _("A panel has at least %(needed)s judges.") % told,
            _("Ask more people."),
        ),
        "rating_range": (_("A rating is outside of what an item can give."), _("Rate from 0 to the highest score.")),
        "rating_unreachable": (
            _("The judge expects a score that nobody, or everybody, reaches."),
            _("Ask the judge to rate again."),
        ),
        "bookmark_range": (
            _("The bookmark lies outside of the booklet of %(needed)s items.") % told,
            _("Correct the bookmark."),
        ),
        "always_mastered": (
            _("Guessing alone gets this item right too often for a bookmark."),
            _("Leave the item out of the booklet."),
        ),
    }
