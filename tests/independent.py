"""Recomputes the five indicators from a plain dump of the tables, with other code than the product's.

Nothing of the product is imported here. `dump` reads whole tables; `recompute` loops over rows and days. It follows
the chapter's own definitions (docs/measures.md), so that a mistake in the product shows as a difference.
"""

import datetime
from typing import Any

Row = dict[str, Any]
Dump = dict[str, list[Row]]

DAYS_OF_NOTICE = 7
MONTHS_VALID = 24
MONTHS_OF_GRACE = 3
LESSONS, MONTHS_FOR_LESSONS = 10, 12

TABLES = (
    "organisation_employer",
    "organisation_unitversion",
    "organisation_unit",
    "organisation_employment",
    "framework_framework",
    "framework_competence",
    "framework_crosswalk",
    "advisors_appointment",
    "advisors_requirementrule",
    "advisors_requirementexception",
    "needs_campaign",
    "needs_invitation",
    "needs_response",
    "needs_statedneed",
    "needs_analysis",
    "training_course",
    "training_coursecompetence",
    "training_session",
    "training_seatoffer",
    "training_attendance",
    "hiring_posting",
    "hiring_postingdemand",
    "verification_trainingdone",
    "verification_verification",
    "verification_lessondone",
)
DAY_COLUMNS = frozenset(
    {
        "valid_from", "valid_to", "hired_on", "active_from", "archived_on", "submitted_on", "published_on", "starts_on",
        "ends_on", "offered_on", "withdrawn_on", "taken_on", "done_on", "closes_on",
    }
)  # fmt: skip


def dump(connection: Any) -> Dump:
    """Every row of the tables that the indicators rest on; days as `date` on either database."""
    tables: Dump = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            tables[table] = [
                {name: _plain(name, value) for name, value in zip(names, row, strict=True)} for row in cursor.fetchall()
            ]
    return tables


def _plain(name: str, value: Any) -> Any:
    if name in DAY_COLUMNS and isinstance(value, str):
        return datetime.date.fromisoformat(value[:10])
    return value


def recompute(dump: Dump, as_of: datetime.date) -> dict[str, tuple[int, int]]:
    """Each indicator as of a day: {id: (numerator, denominator)}."""
    return {
        "M1": units_with_an_advisor(dump, as_of),
        "M2": analysis_of_the_year(dump, as_of),
        "M3": people_with_an_opportunity(dump, as_of),
        "M4": postings_that_demand(dump, as_of),
        "M5": people_trained_and_verified(dump, as_of),
    }


def on_that_day(row: Row, day: datetime.date) -> bool:
    """Whether a half-open period takes in the day."""
    return row["valid_from"] <= day and not (row["valid_to"] is not None and row["valid_to"] <= day)


def same_day_some_months_earlier(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month so many months before, or that month's last day: found by walking back."""
    year, month = day.year, day.month
    for _ in range(months):
        month -= 1
        if month == 0:
            year, month = year - 1, 12
    number = day.day
    while True:
        try:
            return datetime.date(year, month, number)
        except ValueError:
            number -= 1


def same_day_some_months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of the month so many months after, or that month's last day."""
    year, month = day.year, day.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    number = day.day
    while True:
        try:
            return datetime.date(year, month, number)
        except ValueError:
            number -= 1


def city_administrations(dump: Dump) -> set[int]:
    """The employers that are a city administration."""
    return {row["id"] for row in dump["organisation_employer"] if row["kind"] == "city_administration"}


def units_with_an_advisor(dump: Dump, day: datetime.date) -> tuple[int, int]:
    """M1: go through the units that must have one and look for somebody appointed who still works there.

    An exception says whether a unit must have one; without it the rule for its kind; without that its own mark."""
    offices = city_administrations(dump)
    employer_of = {row["id"]: row["employer_id"] for row in dump["organisation_unit"]}
    at_work = {
        (row["person_id"], row["employer_id"]) for row in dump["organisation_employment"] if on_that_day(row, day)
    }
    having = must = 0
    for version in dump["organisation_unitversion"]:
        employer = employer_of[version["unit_id"]]
        if employer not in offices or not on_that_day(version, day):
            continue
        sayings = [version["must_have_advisor"]]
        for rule in dump["advisors_requirementrule"]:
            if rule["kind"] == version["kind"] and on_that_day(rule, day):
                sayings.append(rule["required"])
        for exception in dump["advisors_requirementexception"]:
            if exception["unit_id"] == version["unit_id"] and on_that_day(exception, day):
                sayings.append(exception["required"])
        if not sayings[-1]:
            continue
        must += 1
        having += any(
            appointment["unit_id"] == version["unit_id"]
            and appointment["role"] == "advisor"
            and on_that_day(appointment, day)
            and (appointment["person_id"], employer) in at_work
            for appointment in dump["advisors_appointment"]
        )
    return having, must


def analysis_of_the_year(dump: Dump, day: datetime.date) -> tuple[int, int]:
    """M2: look at each day of the year up to the day for a published analysis."""
    published = {row["published_on"] for row in dump["needs_analysis"]}
    looked_at = datetime.date(day.year, 1, 1)
    while looked_at <= day:
        if looked_at in published:
            return 1, 1
        looked_at += datetime.timedelta(days=1)
    return 0, 1


def main_jobs(dump: Dump, day: datetime.date) -> dict[int, Row]:
    """The job that each person counts under: the one held longest."""
    jobs: dict[int, list[Row]] = {}
    for row in dump["organisation_employment"]:
        if on_that_day(row, day):
            jobs.setdefault(row["person_id"], []).append(row)
    return {person: min(rows, key=lambda row: (row["hired_on"], row["id"])) for person, rows in jobs.items()}


def framework_in_force(dump: Dump, day: datetime.date) -> int | None:
    """The framework that was active on the day."""
    for row in dump["framework_framework"]:
        began = row["active_from"] is not None and row["active_from"] <= day
        if began and (row["archived_on"] is None or row["archived_on"] > day):
            return int(row["id"])
    return None


def counterparts(dump: Dump, framework: int | None) -> dict[int, set[int]]:
    """For each competence of any framework, those that stand for it in the framework named, read in both directions."""
    of = {row["id"]: row["framework_id"] for row in dump["framework_competence"]}
    found: dict[int, set[int]] = {competence: {competence} for competence in of if of[competence] == framework}
    for row in dump["framework_crosswalk"]:
        if framework is None or row["relation"] == "none":
            continue
        for here, there in ((row["source_id"], row["target_id"]), (row["target_id"], row["source_id"])):
            if of[there] == framework:
                found.setdefault(here, set()).add(there)
    return found


def people_with_an_opportunity(dump: Dump, as_of: datetime.date) -> tuple[int, int]:
    """M3: for each person with a stated need, go through the offers made to them and try each against each need."""
    year = as_of.year if as_of.year % 2 == 0 else as_of.year - 1
    day = as_of if as_of.year == year else datetime.date(year, 12, 31)
    same = counterparts(dump, framework_in_force(dump, day))
    needs = stated_needs(dump, year, day, same)
    jobs = main_jobs(dump, day)
    sessions = {row["id"]: row for row in dump["training_session"]}
    taught: dict[int, list[Row]] = {}
    for row in dump["training_coursecompetence"]:
        taught.setdefault(row["course_id"], []).append(row)
    reached = set()
    for offer in dump["training_seatoffer"]:
        person, session = offer["person_id"], sessions[offer["session_id"]]
        if (
            person not in needs
            or person not in jobs
            or offer["state"] == "withdrawn"
            or session["status"] != "held"
            or not session["in_working_time"]
            or not session["is_accessible"]
            or offer["declined_because"] == "place"
            or session["starts_on"].year != year
            or session["starts_on"] > day
            or (session["starts_on"] - offer["offered_on"]).days < DAYS_OF_NOTICE
        ):
            continue
        for course in taught.get(session["course_id"], []):
            ids = same.get(course["competence_id"]) or {course["competence_id"]}
            for competences, own_level in needs[person]:
                if ids & competences and course["from_level"] <= own_level < course["to_level"]:
                    reached.add(person)
    return len(reached), len(set(needs) & set(jobs))


def stated_needs(
    dump: Dump, year: int, day: datetime.date, same: dict[int, set[int]]
) -> dict[int, list[tuple[set[int], int]]]:
    """What each person's latest answer of the year or the year before asks for: (competences, own level)."""
    campaign_year = {row["id"]: row["year"] for row in dump["needs_campaign"]}
    asked = {row["id"]: row for row in dump["needs_invitation"]}
    latest: dict[int, Row] = {}
    for response in dump["needs_response"]:
        invitation = asked[response["invitation_id"]]
        if campaign_year[invitation["campaign_id"]] not in {year, year - 1} or response["submitted_on"] > day:
            continue
        before = latest.get(invitation["person_id"])
        order = (str(response["submitted_at"]), response["id"])
        if before is None or order > (str(before["submitted_at"]), before["id"]):
            latest[invitation["person_id"]] = response
    person_of = {response["id"]: person for person, response in latest.items()}
    needs: dict[int, list[tuple[set[int], int]]] = {}
    for row in dump["needs_statedneed"]:
        if row["response_id"] in person_of:
            competences = same.get(row["competence_id"]) or {row["competence_id"]}
            needs.setdefault(person_of[row["response_id"]], []).append((competences, row["from_level"]))
    return needs


def postings_that_demand(dump: Dump, day: datetime.date) -> tuple[int, int]:
    """M4: the city administration's postings published in the year so far, without those withdrawn by then."""
    offices = city_administrations(dump)
    demanding = {row["posting_id"] for row in dump["hiring_postingdemand"] if row["required"]}
    counted = [
        row["id"]
        for row in dump["hiring_posting"]
        if row["employer_id"] in offices
        and row["published_on"] is not None
        and row["published_on"].year == day.year
        and row["published_on"] <= day
        and not (row["withdrawn_on"] is not None and row["withdrawn_on"] <= day)
    ]
    return sum(posting in demanding for posting in counted), len(counted)


def people_through_all_lessons(dump: Dump, edge: datetime.date, day: datetime.date) -> set[int]:
    """People who, on some day after the edge, could look back on ten different lessons within twelve months."""
    rows = [row for row in dump["verification_lessondone"] if row["done_on"] <= day]
    found = set()
    for last in rows:
        began = same_day_some_months_earlier(last["done_on"], MONTHS_FOR_LESSONS)
        lessons = {
            row["area"]
            for row in rows
            if row["person_id"] == last["person_id"] and began < row["done_on"] <= last["done_on"]
        }
        if last["done_on"] > edge and len(lessons) == LESSONS:
            found.add(last["person_id"])
    return found


def people_trained_and_verified(dump: Dump, day: datetime.date) -> tuple[int, int]:
    """M5: cross people off whose grace period runs, then look for both records in the window."""
    edge = same_day_some_months_earlier(day, MONTHS_VALID)
    sessions = {row["id"]: row for row in dump["training_session"]}
    security = {row["id"] for row in dump["training_course"] if row["is_digital_security"]}
    trained, verified = set(), set()
    for row in dump["training_attendance"]:
        session = sessions[row["session_id"]]
        counts = row["attended"] and session["status"] == "held" and session["course_id"] in security
        if counts and edge < session["ends_on"] <= day:
            trained.add(row["person_id"])
    for row in dump["verification_trainingdone"]:
        if row["annulled_at"] is None and edge < row["done_on"] <= day:
            trained.add(row["person_id"])
    trained |= people_through_all_lessons(dump, edge, day)
    for row in dump["verification_verification"]:
        if row["passed"] and row["annulled_at"] is None and edge < row["taken_on"] <= day:
            verified.add(row["person_id"])
    past_grace = {
        person
        for person, job in main_jobs(dump, day).items()
        if same_day_some_months_later(job["hired_on"], MONTHS_OF_GRACE) <= day
    }
    return len(past_grace & trained & verified), len(past_grace)
