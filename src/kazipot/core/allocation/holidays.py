"""Days on which nobody in Slovenia has to work: holidays by law (Zakon o praznikih in dela prostih dnevih)."""

from datetime import date, timedelta

FIXED = ((1, 1), (1, 2), (2, 8), (4, 27), (5, 1), (5, 2), (6, 25), (8, 15), (10, 31), (11, 1), (12, 25), (12, 26))
"""Month and day. Easter Sunday and Whit Sunday are Sundays anyway; Easter Monday is added."""


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm as given by Meeus, 1991, ch. 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 19 * m) // 433
    month = (h + m - 7 * n + 90) // 25
    return date(year, month, (h + m - 7 * n + 33 * month + 19) % 32)


def holidays(year: int) -> tuple[date, ...]:
    """The work-free days of a year, in order."""
    days = [date(year, month, day) for month, day in FIXED]
    return tuple(sorted([*days, easter(year) + timedelta(days=1)]))
