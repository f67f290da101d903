"""The faults of an item in words: what is wrong, and the remedy."""

from django.utils.translation import gettext as _

from kazipot.core.items.reading import Fault
from kazipot.foundation.errors import Problem


def as_problem(fault: Fault) -> Problem:
    """A fault as a person reads it; its place is the item and the path of the field."""
    place = ": ".join(part for part in (fault.item, fault.path) if part)
    message, remedy = _worded(fault)
    return Problem(None, place or "–", fault.value, message, remedy)


def _worded(fault: Fault) -> tuple[str, str]:
    needed = {"needed": fault.needed}
    for words in (_about_reading(needed), _about_kinds(needed), _about_content(needed), _about_lint(needed)):
        if fault.code in words:
            return words[fault.code]
    raise LookupError(fault.code)


def _about_reading(told: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {
        "no_yaml": (_("This line cannot be read."), _("Check indentation, quotes and colons here and just before.")),
        "field_twice": (_("A field stands here twice."), _("Take one of them out.")),
        "alias": (_("A part of the text refers to another (& and *)."), _("Write the part out in each place.")),
        "empty": (_("There is no item here."), _("Write at least one item.")),
        "not_a_list": (_("A list is expected here."), _("Write each entry on its own line after a dash.")),
        "not_fields": (_("Named fields are expected here."), _("Use these fields: %(needed)s.") % told),
        "unknown_field": (_("There is no such field."), _("Use these fields: %(needed)s.") % told),
        "missing": (_("This is missing."), _("Fill it in.")),
        "not_text": (_("This is no text."), _("Put it into quotation marks.")),
        "control_character": (_("The text holds a character that cannot be seen."), _("Type the text anew.")),
        "too_long": (_("The text is too long."), _("Write at most %(needed)s characters.") % told),
        "too_many": (_("The list is too long."), _("Write at most %(needed)s entries.") % told),
        "no_key": (
            _("This is no key."),
            _("Use lower-case letters a–z, digits and hyphens, at most %(needed)s characters.") % told,
        ),
        "unknown_word": (_("There is no such word."), _("Use one of these: %(needed)s.") % told),
        "not_yes_or_no": (_("This is neither true nor false."), _("Write true or false.")),
        "no_number": (_("This is no number in the range."), _("Write a number: %(needed)s.") % told),
    }


def _about_kinds(told: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {
        "key_taken": (_("Another item has this key."), _("Choose another key.")),
        "twice": (_("This key stands here twice."), _("Give each its own key.")),
        "few": (_("There are too few options."), _("Write at least %(needed)s.") % told),
        "not_one_right": (_("Exactly one option must be right."), _("Mark one as right.")),
        "right_and_wrong": (
            _("At least one option must be right, and at least one wrong."),
            _("Mark what is right, or add an option."),
        ),
        "not_here": (_("This does not belong to this kind of item."), _("Take it out, or choose another kind.")),
        "number_of_parts": (_("A story has another number of parts."), _("Write %(needed)s parts.") % told),
        "story_in_story": (_("A part of a story cannot be a story."), _("Choose another kind for the part.")),
        "same_match": (_("Two options have the same match."), _("Write a different match for each.")),
        "no_region": (_("Nothing that is shown has this region."), _("Name the region in a line or an area.")),
        "region_without_option": (_("This region has no option."), _("Add an option whose key is the region.")),
        "no_picture": (_("This is not the name of a picture."), _("Write the name of a picture you have uploaded.")),
        "outside": (_("The area reaches out of the picture."), _("Keep it between 0 and 100 per cent.")),
    }


def _about_content(told: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {
        "no_text": (_("The text is missing in this language."), _("Write it in Slovenian and in English.")),
        "unknown_area": (_("The blueprint has no such area."), _("Use one of these: %(needed)s.") % told),
        "none": (_("There is none."), _("Write at least %(needed)s.") % told),
        "no_competence": (_("This is not a competence of DigComp."), _("Write a code such as 4.2.")),
        "no_address": (_("This is not an address of a page."), _("Start it with https://.")),
    }


def _about_lint(told: dict[str, str]) -> dict[str, tuple[str, str]]:
    return {
        "longest_is_right": (
            _("The right option is clearly the longest: who knows nothing can guess it."),
            _("Shorten it, or make the others as long."),
        ),
        "right_often_longest": (
            _("The right option is the longest too often: %(needed)s.") % told,
            _("Make wrong options as long as right ones."),
        ),
        "right_often_here": (
            _("The right option stands in this place too often: %(needed)s.") % told,
            _("Mix the order in which options are written."),
        ),
        "all_of_them": (
            _("“All of the above” and “none of the above” give the answer away."),
            _("Write an option that says something."),
        ),
        "looks_different": (
            _("Only the right option begins or ends this way."),
            _("Begin and end all options alike."),
        ),
        "echo": (
            _("Only the right option repeats these words of the question."),
            _("Use other words, or use them in a wrong option too."),
        ),
        "absolute": (
            _("Only wrong options say “always”, “never” or the like."),
            _("Take these words out, or use them in a right option too."),
        ),
        "negative": (
            _("The question asks what is not so, which is easily overlooked."),
            _("Ask for what is so, or write NOT in capitals."),
        ),
        "addresses_differ": (
            _("The languages show different addresses: %(needed)s.") % told,
            _("Show the same address in both."),
        ),
        "alike": (
            _("This item is almost the same as %(needed)s.") % told,
            _("Take one out, or give both the same word in “enemies”."),
        ),
        "wordy": (_("This is long for a telephone."), _("Write at most %(needed)s characters.") % told),
    }
