"""A small questionnaire without faults, for tests to take apart."""

from kazipot.core.survey.questionnaire import Choice, Item, Kind, Page, Questionnaire, Text


def text(said: str) -> Text:
    """The same in both languages."""
    return Text(said, said)


LEVELS = tuple(Choice(str(number), text(f"level {number}")) for number in range(5))
OWN = Item("own_level", Kind.ONE, text("Today"), required=True, choices="levels")
NEEDED = Item("needed_level", Kind.ONE, text("Needed"), required=True, choices="levels")
WISH = Item("wants_training", Kind.TICK, text("Training"))
BLOCK = Page("competences", text("Competences"), (OWN, NEEDED, WISH), per_competence=True)
LANGUAGE = Item("language", Kind.ONE, text("Language"), choices="languages")
HOURS = Item("hours", Kind.INTEGER, text("Hours"), relevant="${language} = 'sl'", constraint=". >= 1 and . <= 40")
LAST = Page("last", text("Last"), (LANGUAGE, HOURS))


def questionnaire(*pages: Page) -> Questionnaire:
    """The three needs items per competence, and a page with routing and a range; or other pages."""
    return Questionnaire(
        key="small",
        title=text("Small"),
        pages=pages or (BLOCK, LAST),
        choice_lists={"levels": LEVELS, "languages": (Choice("sl", text("Slovenian")), Choice("en", text("English")))},
    )
