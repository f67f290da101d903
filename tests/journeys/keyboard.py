"""Hands that have only a keyboard: what they use must be reached by Tab, and is worked by keys."""

from datetime import date

from playwright.sync_api import Download, Locator, Page

FARTHEST = 120
"""So many times Tab at most: a page on which something is farther away is not usable."""
ORDERS = ("%m%d%Y", "%d%m%Y", "%Y%m%d")
"""In which order the browser wants the parts of a date depends on the machine's language."""


OUTLINE = "element => getComputedStyle(element).outlineStyle"


class Keyboard:
    """A page worked by keys alone; nothing is clicked, filled or focused but by keys."""

    def __init__(self, tab: Page) -> None:
        self.tab = tab

    def press(self, *keys: str) -> None:
        """Press keys, one after another."""
        for key in keys:
            self.tab.keyboard.press(key)

    def skip_menu(self) -> None:
        """Take the link to the content, which is the first thing on every page."""
        self.press("Tab")
        assert self.tab.evaluate("document.activeElement.getAttribute('href')") == "#main"
        self.press("Enter")

    def to(self, wanted: Locator) -> None:
        """Press Tab until the focus is there, and visible."""
        wanted.wait_for(state="visible")
        for _ in range(FARTHEST):
            if wanted.evaluate("element => element === document.activeElement"):
                assert wanted.evaluate("element => getComputedStyle(element).outlineStyle") != "none", (
                    "focus is not seen"
                )
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {wanted}")

    def use(self, wanted: Locator) -> None:
        """Go to a button or link and press Enter; the next page has come when this returns."""
        self.to(wanted)
        with self.tab.expect_navigation():
            self.press("Enter")

    def download(self, wanted: Locator) -> Download:
        """Go to what gives a file, and press Enter."""
        self.to(wanted)
        with self.tab.expect_download() as waiting:
            self.press("Enter")
        return waiting.value

    def write(self, wanted: Locator, text: str) -> None:
        """Go to a field and write over what stands there."""
        self.to(wanted)
        self.press("ControlOrMeta+a")
        self.tab.keyboard.type(text)

    def choose_file(self, wanted: Locator, path: str) -> None:
        """Go to a field for a file and open the browser's window by the space bar."""
        self.to(wanted)
        with self.tab.expect_file_chooser() as waiting:
            self.press("Space")
        waiting.value.set_files(path)

    def choose(self, wanted: Locator) -> None:
        """Choose a radio button or tick a box: Tab leads to the group, arrows inside it."""
        name = wanted.get_attribute("name")
        if wanted.get_attribute("type") == "checkbox":
            self.to(wanted)
            self.press("Space")
            return
        self.to(self.tab.locator(f'input[name="{name}"]').first)
        self.press("Space")
        for _ in range(FARTHEST):
            if wanted.is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(f"{name} cannot be chosen")

    def pick(self, wanted: Locator, value: str) -> None:
        """Go to a list and go down until the value is chosen."""
        self.to(wanted)
        for _ in range(FARTHEST):
            if wanted.input_value() == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{value} cannot be chosen")

    def write_day(self, wanted: Locator, day: date) -> None:
        """Go to a field for a day and write its parts."""
        for order in ORDERS:
            self.to(wanted)
            self.tab.keyboard.type(day.strftime(order))
            if wanted.input_value() == day.isoformat():
                return
            self.press("ArrowLeft", "ArrowLeft")
        raise AssertionError(f"{wanted.input_value()} is not {day}")

    def select(self, wanted: Locator, label: str) -> None:
        """Go to a list and type the beginning of a choice until it is chosen."""
        self.to(wanted)
        for _ in range(FARTHEST):
            if wanted.evaluate("element => element.selectedOptions[0].label") == label:
                return
            self.press("ArrowUp")
        raise AssertionError(f"{label} cannot be chosen")
