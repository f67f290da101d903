"""M4 at work in the demo city: demands of families, postings at every stage, an exception, candidates and their tests.

Chance comes from its own source, so that the rest of the story stays as it is.
"""

import contextlib
import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from kazipot.framework import queries as frameworks
from kazipot.hiring import operations, queries
from kazipot.hiring.choices import Showing
from kazipot.hiring.errors import NothingToPropose
from kazipot.hiring.models import Candidate
from kazipot.organisation import queries as organisation
from kazipot.project.demo.city import Act, City
from kazipot.project.demo.population import ADMINISTRATION
from kazipot.project.demo.sittings import answer_all
from kazipot.project.views.family_profiles import latest_analysis, told_of
from kazipot.verification import operations as verification
from kazipot.verification import queries as tests

FAMILY, WAITING = "administration", "management"
"""The family whose demands are approved, and the one whose draft waits."""
VAGUE = "računalniška pismenost"
POSTING = """{title}

Naloge delovnega mesta:
- priprava gradiv in odgovorov občankam in občanom
- sodelovanje z drugimi oddelki

Pogoji za zasedbo:
- visokošolska univerzitetna izobrazba
- tri leta delovnih izkušenj
- {demand}

Prijavo pošljite v osmih dneh po objavi. Na razgovoru preverimo znanje, ki ga zahtevamo.
"""
NAMES = ("Zala Izmišljena", "Jure Namišljeni", "Maja Domišljija", "Tilen Pravljica", "Neža Zgodba", "Vid Bajka")
HOW = ("naloga v preglednici", "vprašanje na razgovoru", "predstavitev lastnega dela")


def schedule(city: City) -> None:
    """Autumn 2026."""
    city.schedule(date(2026, 9, 1), "demands of families are proposed", _propose)
    city.schedule(date(2026, 9, 3), "demands of a family are approved", _approve)
    filled = _Story("110-901/2026", "Višja svetovalka", candidates=4)
    open_ = _Story("110-902/2026", "Svetovalec za razvoj", candidates=5)
    for story, first in ((filled, date(2026, 9, 21)), (open_, date(2026, 10, 26))):
        city.schedule(first, "a posting is drafted", story.draft)
        city.schedule(first + timedelta(days=1), "wording is taken over", story.take_over)
        city.schedule(first + timedelta(days=2), "a posting is approved", story.approve)
        city.schedule(first + timedelta(days=3), "a posting is published", story.publish)
        city.schedule(first + timedelta(days=14), "candidates are tested", story.test)
    city.schedule(date(2026, 10, 20), "the commission decides", filled.choose)
    city.schedule(date(2026, 11, 3), "the chosen candidate comes", filled.hire)
    passed = _Story("110-903/2026", "Nadomeščanje: referentka v vložišču", published=True)
    approved = _Story("110-904/2026", "Podsekretar")
    submitted = _Story("110-905/2026", "Inšpektorica")
    draft = _Story("110-906/2026", "Strokovna sodelavka")
    for story, steps in (
        (passed, (_Story.draft, _Story.submit_and_approve, _Story.let_pass, _Story.publish)),
        (approved, (_Story.draft, _Story.take_over, _Story.approve)),
        (submitted, (_Story.draft, _Story.submit)),
        (draft, (_Story.draft,)),
    ):
        for day, step in enumerate(steps):
            city.schedule(
                date(2026, 11, 9) + timedelta(days=day), f"{step.__name__} {story.reference}", _of(step, story)
            )


def _of(step: Callable[["_Story", City, datetime], None], story: "_Story") -> Act:
    return lambda city, at: step(story, city, at)


def _propose(city: City, at: datetime) -> None:
    on = at.date()
    latest, active = latest_analysis(on), frameworks.active_framework(on)
    for family in (FAMILY, WAITING):
        told = told_of(latest.content, family, frameworks.expressions(active.pk)) if latest and active else []
        with contextlib.suppress(NothingToPropose):  # of a small city's family nothing may be known
            operations.propose_family(
                employer_id=city.employer_ids[ADMINISTRATION], family=family, told=told,
                analysis={"year": latest.year, "version": latest.version} if latest and told else None, on=on, at=at,
                actor=city.users["kadri"],
            )  # fmt: skip


def _approve(city: City, at: datetime) -> None:
    for version in queries.versions_of(city.employer_ids[ADMINISTRATION], FAMILY):
        operations.approve_family(version_id=version.pk, valid_from=at.date(), at=at, actor=city.service)


class _Story:
    """One posting from its draft on; each step is an act of the city."""

    def __init__(self, reference: str, title: str, *, candidates: int = 0, published: bool = False) -> None:
        self.reference, self.title, self.number, self.published = reference, title, candidates, published
        self.id = 0
        self.people: list[Candidate] = []

    def draft(self, city: City, at: datetime) -> None:
        """Human resources write what they always wrote."""
        units = organisation.units_on(at.date(), employer_id=city.employer_ids[ADMINISTRATION])
        unit = max((row for row in units if row.parent_id), key=lambda row: row.code)
        profile = organisation.job_profile_by_code("CLERK" if self.published else "OFFICIAL")
        text = POSTING.format(title=self.title, demand=VAGUE)
        self.id = operations.draft_posting(
            unit_id=unit.id, reference=self.reference, title=self.title, kind="competition", text=text,
            profile_id=profile.pk if profile else None, at=at, actor=city.users["kadri"],
        ).pk  # fmt: skip

    def take_over(self, city: City, at: datetime) -> None:
        """The wording that the check offers is put in."""
        posting = queries.posting_by_id(self.id)
        assert posting is not None
        offered = [row.wording for row in queries.missing(posting, on=at.date())]
        operations.take_over_wording(posting_id=self.id, sentences=offered[:4], at=at, actor=city.users["kadri"])

    def submit(self, city: City, at: datetime) -> None:
        """It waits for somebody else."""
        operations.submit(posting_id=self.id, at=at, actor=city.users["kadri"])

    def approve(self, city: City, at: datetime) -> None:
        """The Service approves what was submitted in the morning."""
        self.submit(city, at)
        operations.approve(posting_id=self.id, at=at, actor=city.service)

    submit_and_approve = approve

    def let_pass(self, city: City, at: datetime) -> None:
        """An exception, with its reason."""
        reason = "Nujno nadomeščanje do konca leta; znanje bo pridobljeno na usposabljanju v prvem mesecu."
        operations.override_gate(posting_id=self.id, reason=reason, at=at, actor=city.service)

    def publish(self, city: City, at: datetime) -> None:
        """People may apply for a fortnight; some do."""
        on = at.date()
        operations.publish(
            posting_id=self.id, published_on=on, closes_on=on + timedelta(days=14), at=at, actor=city.users["kadri"]
        )
        self.people = [
            operations.add_candidate(posting_id=self.id, name=name, at=at, actor=city.users["kadri"])
            for name in NAMES[: self.number]
        ]

    def test(self, city: City, at: datetime) -> None:
        """All but the last take the test and show what they can."""
        rng = random.Random(f"{city.seed} {self.reference}")
        demands = list(queries.demands_of(self.id))
        for candidate in self.people[:-1]:
            code = verification.make_candidate_code(
                candidate_id=candidate.pk, today=at.date(), at=at, actor=city.users["kadri"]
            )
            found = tests.candidate_test_by_code(code, on=at.date())
            assert found is not None
            seed = rng.getrandbits(62)
            sitting = verification.start_candidate_test(test_id=found.pk, language="sl", at=at, seed=seed)
            answer_all(sitting, rng.gauss(0.4, 1.0), rng, at=at)
            shown = {row.pk: (_showing(rng), rng.choice(HOW)) for row in demands}
            operations.record_showing(candidate_id=candidate.pk, shown=shown, at=at, actor=city.users["kadri"])

    def choose(self, city: City, at: datetime) -> None:
        """The first who passed the test, or simply the first."""
        chosen = self._best(list(queries.candidates_of(self.id)))
        operations.choose(posting_id=self.id, candidate_id=chosen.pk, at=at, actor=city.users["kadri"])

    def hire(self, city: City, at: datetime) -> None:
        """The chosen candidate is found on the roster: in the demo, who was hired last."""
        rows = organisation.employments_on(at.date()).filter(employer_id=city.employer_ids[ADMINISTRATION])
        newest = rows.order_by("-hired_on", "pk").first()
        chosen = next(row for row in queries.candidates_of(self.id) if row.chosen)
        if newest is not None:
            operations.hire(candidate_id=chosen.pk, person_id=newest.person_id, at=at, actor=city.users["kadri"])

    @staticmethod
    def _best(rows: Sequence[Candidate]) -> Candidate:
        return next((row for row in rows if row.test_passed), rows[0])


def _showing(rng: random.Random) -> Showing:
    return rng.choice((Showing.SHOWN, Showing.SHOWN, Showing.PARTLY, Showing.NOT_SHOWN))
