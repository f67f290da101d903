"""Need beside seats: counted from what the published analysis tells, and from nothing that it hides."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.framework.queries import competences
from kazipot.needs.models import Analysis
from kazipot.training import exports, operations, queries
from kazipot.training.models import Course
from tests.factories.organisation import make_employer, sign_in
from tests.factories.training import AT, make_course, make_session

pytestmark = pytest.mark.django_db


def publish(course: Course, demand: dict[int, Any], *, year: int = 2026) -> Analysis:
    """An analysis that tells this demand, by the place of the competence in the framework."""
    found = competences(course.framework_id)
    content = {
        "framework": {"id": course.framework_id},
        "competences": [
            {"id": found[place].id, "code": found[place].code, "name_sl": f"Kompetenca {place}",
             "name_en": f"Competence {place}", "area_sl": "x", "area_en": "x"}
            for place in demand
        ],
        "demand": {str(found[place].id): line for place, line in demand.items()},
    }  # fmt: skip
    return Analysis.objects.create(
        year=year, version=1, content=content, narrative={}, published_at=AT, published_on=AT.date()
    )


def line(*cells: Any, people: int | None = None) -> dict[str, Any]:
    """Own levels 0 to 3, everything wanted at level 4."""
    rows = [[0, 0, 0, cell] for cell in cells] + [[0, 0, 0, 0]]
    return {"people": people or sum(cell or 0 for cell in cells), "to": None, "cells": rows}


def course_of(place: int, low: int, high: int, code: str, course: Course) -> Course:
    span = operations.CourseSpan(competences(course.framework_id)[place].id, low, high)
    return operations.add_course(
        code=code, provider_id=course.provider_id, framework_id=course.framework_id, title_sl=code, title_en=code,
        is_digital_security=False, competences=[span], at=AT, actor=None,
    )  # fmt: skip


def test_seats_that_fit_nobody_left_do_not_raise_the_share() -> None:
    course = make_course()
    basic = course_of(0, 0, 1, "OSNOVE", course)
    publish(course, {0: line(10, 0, 0, 10)})
    make_session(basic, capacity=30)
    found = queries.supply_match(2026)
    assert found
    assert (found.match.needs, found.match.at_least, found.match.at_most, found.seats) == (20, 10, 10, 30)
    assert [(beside.people, beside.seats) for beside in found.rows[0].levels] == [(10, 30), (0, 0), (0, 0), (10, 0)]


def test_cancelled_sessions_and_those_of_other_years_give_no_seat() -> None:
    course = make_course()
    publish(course, {0: line(10, 0, 0, 0)})
    session = make_session(course, capacity=10)
    make_session(course, starts_on=date(2027, 1, 12), capacity=10)
    operations.cancel_session(session_id=session.pk, because="x", at=AT, actor=None)
    found = queries.supply_match(2026)
    assert found
    assert (found.sessions, found.match.most_share) == (0, 0.0)
    later = queries.supply_match(2027)
    assert later
    assert (later.analysis.year, later.match.least_share) == (2026, 1.0)


def test_what_the_analysis_hides_widens_the_range_and_is_said() -> None:
    course = make_course()
    publish(course, {0: line(10, None, 0, 0, people=13), 1: {"people": 7, "to": None, "cells": None}})
    make_session(course, capacity=20)
    found = queries.supply_match(2026)
    assert found
    assert (found.match.needs, found.match.at_least, found.match.at_most, found.hidden) == (20, 10, 13, 10)
    assert [beside.people for beside in found.rows[0].levels] == [10, None, 0, 0]
    assert [beside.people for beside in found.rows[1].levels] == [None] * 4


def test_without_a_published_analysis_there_is_no_figure() -> None:
    assert queries.supply_match(2026) is None


def test_drawing_says_in_words_where_seats_are_missing() -> None:
    course = make_course()
    publish(course, {0: line(12, 0, 0, 0), 1: line(3, 2, 0, 0)})
    make_session(course, capacity=2)
    found = queries.supply_match(2026)
    assert found
    assert exports.supply_words(found).endswith("Kompetenca 0 (10); 1.2 Kompetenca 1 (5).")
    svg = exports.supply_svg(found)
    assert svg.startswith('<svg role="img" aria-label="Ljudje s potrebo')
    assert ("lastna raven 0" in svg, "raven skrita" in svg) == (True, False)


def test_drawing_sets_needs_whose_level_is_hidden_apart() -> None:
    course = make_course()
    publish(course, {0: line(12, None, 0, 0, people=15)})
    found = queries.supply_match(2026)
    assert found
    assert "raven skrita" in exports.supply_svg(found)


def test_page_shows_number_picture_and_table(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    sign_in(client, Role.EMPLOYEE, make_employer())
    course = make_course()
    publish(course, {0: line(8, 0, 0, 0)})
    make_session(course, capacity=2)
    page = client.get(reverse("training:supply-match")).text
    assert "25\xa0%" in page
    chart = reverse("training:supply-chart", args=[2026])
    assert chart in page
    assert client.get(chart).headers["Content-Type"] == "image/svg+xml"
    assert "Najprej jo objavite" in client.get(reverse("training:supply-match"), {"year": "2024"}).text
    assert client.get(reverse("training:supply-match"), {"year": "²"}).status_code == 200


def test_page_takes_as_many_queries_for_one_session_as_for_three(
    client: Client, settings: Any, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    sign_in(client, Role.SERVICE, make_employer())
    course = make_course()
    publish(course, {0: line(8, 0, 0, 0)})
    make_session(course)
    page = reverse("training:supply-match")
    client.get(page)
    with django_assert_max_num_queries(14) as few:
        client.get(page)
    make_session(course), make_session(make_course("T-2"))
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(page)
