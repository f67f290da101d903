"""The demo city's targets by job: every job has some, they are levels of DigComp, and few enough to be asked about."""

from importlib.resources import files
from statistics import median

import yaml

from kazipot.core.survey.questionnaire import from_data, most_competences
from kazipot.project.demo.data_files import read

Ranges = dict[str, list[int]]


def asked() -> dict[str, Ranges]:
    """What each job is asked about: its own targets, and those of everyone."""
    data = read("profile-targets")
    return {profile: data["everyone"] | own for profile, own in data["profiles"].items()}


def test_every_profile_has_targets() -> None:
    assert sorted(read("profile-targets")["profiles"]) == sorted(row["code"] for row in read("profiles")["profiles"])


def test_targets_are_rising_levels_of_known_competences() -> None:
    text = files("kazipot.framework").joinpath("data/digcomp.yaml").read_text(encoding="utf-8")
    codes = {row["code"] for row in yaml.safe_load(text)["frameworks"][0]["competences"]}
    for ranges in [*asked().values(), read("profile-targets")["everyone"]]:
        assert set(ranges) <= codes
        assert all(0 <= low <= high <= 4 and high > 0 for low, high in ranges.values())


def test_targets_ask_of_the_middle_job_what_fits_into_eight_minutes() -> None:
    text = files("kazipot.needs").joinpath("data/yearly-questionnaire.yaml").read_text(encoding="utf-8")
    fits = most_competences(from_data(yaml.safe_load(text)), 8 * 60, unasked={"accessibility_need"})
    numbers = [len(ranges) for ranges in asked().values()]
    assert (min(numbers), max(numbers)) == (6, 8)
    assert median(numbers) <= fits
