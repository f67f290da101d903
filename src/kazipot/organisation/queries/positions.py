"""What a job classification (sistemizacija) would change: posts of an employer, their titles and kinds of work.

Only reads; `operations.apply_positions` writes. A post that the file doesn't list stays: people may still hold it.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.organisation.models import JobProfile, Post

CODE, TITLE, NAME, FAMILY = 32, 200, 200, 64
"""The longest code, title of a post, name of a profile and of a family."""


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A post: its code and title, and the kind of work by code; `profile_name` and `family` for a kind that is new."""

    code: str
    title: str
    profile: str
    profile_name: str = ""
    profile_name_en: str = ""
    family: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PositionChange:
    """One line of what would change: "new" or "changed", the post's code, before and after."""

    kind: str
    code: str
    before: str
    after: str


@dataclass(slots=True)
class PositionPlan:
    """The changes that a file asks for; new profiles by code, posts by code with title and the profile's code."""

    employer_id: int
    new_profiles: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    """Name in Slovenian, in English, family."""
    families: dict[str, str] = field(default_factory=dict)
    """The family of a profile that is there without one."""
    new_posts: dict[str, tuple[str, str]] = field(default_factory=dict)
    changed_posts: dict[str, tuple[str, str]] = field(default_factory=dict)
    changes: list[PositionChange] = field(default_factory=list)
    unchanged: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.new_profiles or self.families or self.new_posts or self.changed_posts)

    def summary(self) -> dict[str, int]:
        """How many would be added and changed."""
        return {
            "added": len(self.new_posts),
            "changed": len(self.changed_posts),
            "profiles": len(self.new_profiles),
            "unchanged": self.unchanged,
        }


def positions(employer_id: int) -> QuerySet[Post]:
    """The posts of an employer, by family, profile and code."""
    rows = Post.objects.filter(employer_id=employer_id).select_related("profile")
    return rows.order_by("profile__family", "profile__code", "code")


def plan_positions(
    rows: Iterable[PositionRow], *, employer_id: int, may_add_profiles: bool, problems: Iterable[Problem] = ()
) -> PositionPlan:
    """Compare a file with the records. Raises InputRefused with a problem for every faulty row. Two queries."""
    listed = list(rows)
    faults = list(problems)
    profiles = {profile.code: profile for profile in JobProfile.objects.all()}
    seen: dict[str, int | None] = {}
    told: dict[str, PositionRow] = {}
    for row in listed:
        found = [*_row_faults(row, seen), *_profile_faults(row, profiles, told, may_add_profiles)]
        faults += found
        seen.setdefault(row.code, row.line)
        if row.profile and not found:
            told.setdefault(row.profile, row)
    if faults:
        faults.sort(key=lambda problem: problem.row or 0)
        raise InputRefused(_refused(len(faults)), faults)
    plan = PositionPlan(employer_id)
    for row in listed:
        _profile(plan, row, profiles)
    posts = {post.code: post for post in positions(employer_id)}
    for row in listed:
        _post(plan, row, posts.get(row.code))
    return plan


def _refused(number: int) -> str:
    return ngettext(
        "The posts were not imported: %(count)s thing needs a correction.",
        "The posts were not imported: %(count)s things need a correction.",
        number,
    ) % {"count": number}


def _row_faults(row: PositionRow, seen: dict[str, int | None]) -> list[Problem]:
    found = []
    for name, value, most in (
        ("code", row.code, CODE), ("title", row.title, TITLE), ("profile_name", row.profile_name, NAME),
        ("family", row.family, FAMILY),
    ):  # fmt: skip
        if not value and name in {"code", "title"}:
            found.append(Problem(row.line, name, "", _("The field is empty."), _("Fill it in.")))
        if len(value) > most:
            remedy = _("Shorten it to %(most)s characters.") % {"most": most}
            found.append(Problem(row.line, name, value, _("The text is too long."), remedy))
    if row.code and row.code in seen:
        message = _("The post is already in row %(row)s.") % {"row": seen[row.code] or "?"}
        found.append(Problem(row.line, "code", row.code, message, _("List each post once.")))
    return found


def _profile_faults(
    row: PositionRow, profiles: dict[str, JobProfile], told: dict[str, PositionRow], may_add: bool
) -> list[Problem]:
    if not row.profile:
        return []
    known = profiles.get(row.profile)
    if known is not None:
        if row.family and known.family and row.family != known.family:
            message = _("The profile belongs to the family “%(family)s”.") % {"family": known.family}
            return [Problem(row.line, "family", row.family, message, _("Write this family, or leave the field empty."))]
        return []
    first = told.get(row.profile)
    if first is not None:
        if row.family in {"", first.family} and row.profile_name in {"", first.profile_name}:
            return []
        message = _("Row %(row)s names this profile otherwise.") % {"row": first.line or "?"}
        return [Problem(row.line, "profile", row.profile, message, _("Give a profile one name and one family."))]
    close = difflib.get_close_matches(row.profile, list(profiles), n=1)
    if close and not row.profile_name:
        remedy = _("Did you mean %(code)s?") % {"code": close[0]}
        return [Problem(row.line, "profile", row.profile, _("There is no such profile."), remedy)]
    if not may_add:
        remedy = _("Ask the Digitalisation Service to add it.")
        return [Problem(row.line, "profile", row.profile, _("There is no such profile."), remedy)]
    if not row.profile_name or not row.family or len(row.profile) > CODE:
        remedy = _("Give a new profile a short code, a name and a family.")
        return [Problem(row.line, "profile", row.profile, _("There is no such profile."), remedy)]
    return []


def _profile(plan: PositionPlan, row: PositionRow, profiles: dict[str, JobProfile]) -> None:
    known = profiles.get(row.profile)
    if row.profile and known is None:
        names = (row.profile_name, row.profile_name_en or row.profile_name, row.family)
        plan.new_profiles.setdefault(row.profile, names)
    elif known is not None and row.family and not known.family:
        plan.families.setdefault(row.profile, row.family)


def _post(plan: PositionPlan, row: PositionRow, post: Post | None) -> None:
    """A post is new, changed or as it was; a file that names no profile leaves the one that is recorded."""
    before = (post.title, post.profile.code if post.profile else "") if post else ("", "")
    after = (row.title, row.profile or before[1])
    if post is None:
        plan.new_posts[row.code] = after
    elif after != before:
        plan.changed_posts[row.code] = after
    else:
        plan.unchanged += 1
        return
    plan.changes.append(PositionChange("changed" if post else "new", row.code, _words(before), _words(after)))


def _words(post: tuple[str, str]) -> str:
    return ", ".join(part for part in post if part)
