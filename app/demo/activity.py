"""What the people of the demo workspace do all day."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from app.demo.people import COLLEAGUES, DEMO, PEOPLE, Person
from domain.activity import Activity, FieldChange, Severity, field_changes
from domain.ids import ACTIVITY
from kit.ids import derived_id
from kit.times import DAY_MS, MINUTE_MS

REPORTS = ("Weekly revenue", "Orders by region", "Sign-up funnel", "Response times")
ALERTS = ("Response time above 250 ms", "Error rate above 2 %", "CPU above 90 %")
TITLES = ("Designer", "Engineer", "Analyst", "Support lead", "Account manager")
ENTRIES_PER_DAY = 18


@dataclass(frozen=True)
class Deed:
    """Something somebody did; `person` None is the system."""

    person: Person | None
    action: str
    summary: str
    target: tuple[str, str, str] | None = None
    changes: tuple[FieldChange, ...] = ()
    severity: Severity = Severity.INFO

    def entry(self, entry_id: str, at_ms: int) -> Activity:
        """The same as an entry of the trail, with an id and a time of the past."""
        kind, target_id, label = self.target or (None, None, None)
        return Activity(
            id=entry_id,
            action=self.action,
            actor_id=self.person.id if self.person else None,
            actor_label=self.person.name if self.person else "system",
            target_type=kind,
            target_id=target_id,
            target_label=label,
            summary=self.summary,
            changes=self.changes,
            severity=self.severity,
            occurred_ms=at_ms,
            recorded_ms=at_ms,
        )


def any_deed(chance: random.Random) -> Deed:
    """Something that might happen at any moment."""
    person = chance.choice(COLLEAGUES)
    kinds = (_sign_in, _report, _profile, _failed_sign_in, _alert)
    [kind] = chance.choices(kinds, weights=(10, 6, 3, 1, 1))
    return kind(person, chance)


def history(start_ms: int, end_ms: int) -> Iterator[Activity]:
    """The entries from `start_ms` to before `end_ms`, always the same."""
    for person in PEOPLE:
        joined_ms = end_ms - round(person.joined_days * DAY_MS)
        if person is not DEMO and joined_ms >= start_ms:
            yield _welcome(person).entry(_id("joined", person.email), joined_ms)
    chance = random.Random("demo activity")  # noqa: S311  a story, no secret
    at_ms = start_ms
    number = 0
    while True:
        at_ms += round(chance.expovariate(ENTRIES_PER_DAY / DAY_MS)) + MINUTE_MS
        if at_ms >= end_ms:
            return
        yield any_deed(chance).entry(_id("deed", str(number)), at_ms)
        number += 1


def _id(*parts: str) -> str:
    return derived_id(ACTIVITY, "demo", *parts)


def _welcome(person: Person) -> Deed:
    return Deed(
        DEMO,
        "user.created",
        f"{DEMO.name} created the account of {person.name}",
        person.target,
        field_changes({}, {"email": person.email, "role": person.role.value}),
    )


def _sign_in(person: Person, _: random.Random) -> Deed:
    return Deed(person, "auth.login", f"{person.name} signed in", person.target)


def _failed_sign_in(person: Person, _: random.Random) -> Deed:
    return Deed(
        None,
        "auth.login_failed",
        f"Sign-in as {person.email} was refused",
        person.target,
        severity=Severity.NOTICE,
    )


def _report(person: Person, chance: random.Random) -> Deed:
    title = chance.choice(REPORTS)
    target = ("report", title.lower().replace(" ", "-"), title)
    summary = f"{person.name} exported the report {title}"
    return Deed(person, "report.exported", summary, target)


def _profile(person: Person, chance: random.Random) -> Deed:
    before, after = chance.sample(TITLES, 2)
    return Deed(
        person,
        "profile.updated",
        f"{person.name} edited their profile",
        person.target,
        field_changes({"title": before}, {"title": after}),
    )


def _alert(_: Person, chance: random.Random) -> Deed:
    title = chance.choice(ALERTS)
    target = ("alert", title.split(" above ", maxsplit=1)[0].lower(), title)
    return Deed(
        None, "alert.raised", f"Alert: {title}", target, severity=Severity.WARNING
    )
