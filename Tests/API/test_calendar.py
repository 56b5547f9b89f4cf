"""The calendar feed as calendar programs read it: by Python's icalendar and recurring-ical-events."""

import datetime
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
import requests

from harness.people import log_in, speak

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "ical"

HOSTILE = [
    "a,b;c\\d:e\"f'g",
    "Счёт №1 — «срочно»; позвонить, написать",
    "line\nBEGIN:VEVENT\nSUMMARY:fake\nEND:VEVENT",
    "\\n not a break \\, \\; \\\\",
    "Zażółć gęślą jaźń " * 15,
    "👩‍👩‍👧‍👦🇧🇬" * 20,
    "😀" * 70 + "é" * 70,
    "END:VCALENDAR",
    "tab\tand \u2028 separators \u00a0 \u200b here",
    "=?utf-8?B?8J+YgA==?= %0D%0A ^n",
]


@pytest.fixture
def maria(company, accounts):
    """An employee's session, token and calendar address."""
    session = log_in(company, accounts["employee"])
    page = session.post(f"{company.url}/settings/calendar", timeout=60)
    address = re.search(r"<code>([^<]+)</code>", page.text)[1]
    return session, company.url + re.search(r"/calendar/\S+", address)[0]


def add(session, company, **fields):
    me = re.search(r'<option value="(\d+)" selected', session.get(f"{company.url}/tasks/new", timeout=60).text)[1]
    form = {"title": "x", "owner": me, "zone": "Europe/Sofia", "repeat": "none", **fields}
    answer = session.post(f"{company.url}/tasks/new", data=form, allow_redirects=False, timeout=60)
    assert answer.status_code == 303, answer.text[:2000]
    return re.search(r"/tasks/(\d+)", answer.headers["Location"])[1]


def read(address):
    answer = requests.get(address, timeout=60)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    for line in answer.content.split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line and b"\r" not in line
        line.decode()  # no character is cut in two
    return icalendar.Calendar.from_ical(answer.content)


def task_of(calendar, number):
    return next(event for event in calendar.walk("VEVENT") if str(event.get("URL")).endswith(f"/tasks/{number}"))


def days(calendar, uid, start, end):
    found = recurring_ical_events.of(calendar).between(start, end)
    return sorted(event["DTSTART"].dt for event in found if event["UID"] == uid)


def test_whatever_people_write_comes_back(company, maria):
    session, address = maria
    made = {add(session, company, title=" ".join(text.split()), note=text, due="2027-03-01"): text for text in HOSTILE}
    calendar = read(address)
    for number, text in made.items():
        event = task_of(calendar, number)
        assert str(event["SUMMARY"]) == " ".join(text.split()), text
        assert str(event["DESCRIPTION"]).startswith(text.strip()), text
        assert event["DTSTART"].dt == datetime.date(2027, 3, 1)
    assert len({str(event["UID"]) for event in calendar.walk("VEVENT")}) == len(calendar.walk("VEVENT")), "a UID stands twice"
    assert all(str(event["URL"]).startswith("http") for event in calendar.walk("VEVENT"))


def test_a_series_keeps_its_hour_over_the_changes_of_the_clocks(company, maria):
    session, address = maria
    number = add(session, company, title="Weekly", due="2027-03-15", time="09:00", zone="Europe/Warsaw", repeat="week", weekday="MO", end="until", until="2027-11-15")
    calendar = read(address)
    event = task_of(calendar, number)
    found = days(calendar, event["UID"], (2027, 3, 1), (2028, 1, 1))
    assert len(found) == 36 and found[-1].date() == datetime.date(2027, 11, 15), "the last day still counts"
    assert {moment.hour for moment in found} == {9}
    # The zone's own description gives the same offsets as the zone database.
    described = next(zone for zone in calendar.walk("VTIMEZONE") if zone["TZID"] == "Europe/Warsaw").to_tz(lookup_tzid=False)
    for moment in found:
        plain = moment.replace(tzinfo=None)
        assert plain.replace(tzinfo=described).utcoffset() == plain.replace(tzinfo=ZoneInfo("Europe/Warsaw")).utcoffset(), moment


def test_what_was_put_off_moves_alone_and_the_series_stays_itself(company, maria):
    session, address = maria
    number = add(session, company, title="Put off", due="2027-05-03", repeat="week", weekday="MO")
    uid = task_of(read(address), number)["UID"]
    session.post(f"{company.url}/tasks/{number}/postponement", data={"until": "2027-05-05"}, timeout=60)
    found = days(read(address), uid, (2027, 5, 1), (2027, 5, 25))
    assert found == [datetime.date(2027, 5, day) for day in (5, 10, 17, 24)]
    session.post(f"{company.url}/tasks/{number}/done", timeout=60)
    later = read(address)
    assert days(later, uid, (2027, 5, 1), (2027, 5, 25)) == [datetime.date(2027, 5, day) for day in (10, 17, 24)]


@pytest.mark.parametrize(("due", "fields", "wanted"), [
    ("2028-02-29", {"repeat": "year", "on": "date"}, ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
    ("2027-01-31", {"repeat": "month", "on": "date"}, ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]),
    ("2027-01-29", {"repeat": "month", "on": "last_weekday"}, ["2027-01-29", "2027-02-26", "2027-03-26", "2027-04-30", "2027-05-28"]),
    ("2027-01-12", {"repeat": "month", "on": "weekday", "every": "2", "end": "count", "count": "3"}, ["2027-01-12", "2027-03-09", "2027-05-11"]),
])
def test_other_programs_unfold_rules_as_we_do(company, maria, due, fields, wanted):
    session, address = maria
    number = add(session, company, title="Unfold", due=due, **fields)
    calendar = read(address)
    found = days(calendar, task_of(calendar, number)["UID"], (2027, 1, 1), (2032, 12, 31))
    assert [str(day) for day in found[:len(wanted)]] == wanted
    page = session.get(f"{company.url}/tasks/{number}", timeout=60).text
    assert page.count("Then:") == 1


def test_birthdays_come_every_year(company, maria):
    _, address = maria
    calendar = read(address)
    birthdays = [event for event in calendar.walk("VEVENT") if str(event["UID"]).startswith("birthday-")]
    for event in birthdays:
        found = days(calendar, event["UID"], (2027, 1, 1), (2030, 12, 31))
        assert len(found) == 4, event["SUMMARY"]
        assert "TRANSP" in event and event["TRANSP"] == "TRANSPARENT"


def test_unchanged_costs_nothing_and_speaks_the_owners_language(company, maria):
    session, address = maria
    number = add(session, company, title="Language", due="2027-06-01", repeat="week", weekday="TU")
    first = requests.get(address, timeout=60)
    again = requests.get(address, headers={"If-None-Match": first.headers["ETag"]}, timeout=60)
    assert again.status_code == 304 and not again.content
    before = speak(company, session, "pl")
    try:
        assert "Powtarzanie: Co tydzień: wtorek" in str(task_of(read(address), number)["DESCRIPTION"])
    finally:
        speak(company, session, before)


@pytest.mark.skipif(not DATA.is_dir(), reason="the collections of calendars are not here")
def test_titles_of_calendars_in_the_wild_come_back(company, maria):
    """What other programs' test calendars hold, hostile or not, survives being a task of ours."""
    session, address = maria
    titles = set()
    for file in sorted(DATA.rglob("*.ics")):
        try:
            for calendar in icalendar.Calendar.from_ical(file.read_bytes(), multiple=True):
                titles |= {" ".join(str(event["SUMMARY"]).split()) for event in calendar.walk("VEVENT") if event.get("SUMMARY")}
        except (ValueError, KeyError):
            continue
    titles = sorted(title for title in titles if 0 < len(title) <= 300 and title.isprintable())
    assert len(titles) > 20
    made = {add(session, company, title=title, due="2027-07-01"): title for title in titles}
    calendar = read(address)
    assert {number: str(task_of(calendar, number)["SUMMARY"]) for number in made} == made
