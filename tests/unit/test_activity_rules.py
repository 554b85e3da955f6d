"""What an entry of the trail, and a question about it, must look like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.activity import (
    REDACTED,
    Activity,
    ActivityDraft,
    ActivityFilter,
    FieldChange,
    Severity,
    field_changes,
    one_line,
    prefixes,
)
from domain.activity_rules import check_draft, check_filter
from domain.errors import InvalidInput
from domain.metrics import LATEST_MS


def entry(at_ms: int, entry_id: str = "a_1") -> Activity:
    return Activity(
        id=entry_id,
        action="report.exported",
        actor_id="u_1",
        actor_label="Ana",
        target_type="user",
        target_id="u_2",
        target_label="Bo",
        summary="",
        changes=(),
        severity=Severity.INFO,
        occurred_ms=at_ms,
        recorded_ms=at_ms,
    )


@given(st.integers(0, LATEST_MS), st.integers(0, LATEST_MS))
def test_positions_sort_as_their_times(one_ms: int, other_ms: int) -> None:
    assert (entry(one_ms).position < entry(other_ms, "a_2").position) == (
        one_ms <= other_ms
    )


def test_an_entry_concerns_its_actor_and_its_target_only() -> None:
    assert entry(1).concerns("u_1")
    assert entry(1).concerns("u_2")
    assert not entry(1).concerns("u_3")


def test_changes_show_what_differs_and_no_secret() -> None:
    before = {"name": "Ana", "password": "old", "role": "MEMBER"}
    after = {"name": "Ana\nB", "password": "new", "role": "MEMBER", "avatar": None}

    assert field_changes(before, after) == (
        FieldChange("name", "Ana", "Ana B"),
        FieldChange("password", REDACTED, REDACTED),
    )


@given(st.text(max_size=50), st.integers(1, 40))
def test_one_line_is_one_short_line(text: str, most: int) -> None:
    line = one_line(text, most)

    assert len(line) <= most
    assert len(line.splitlines()) <= 1


def test_every_proper_prefix_of_an_action_is_known() -> None:
    assert list(prefixes("a.b.c")) == ["a", "a.b"]


def test_a_draft_is_stored_trimmed_and_with_a_summary() -> None:
    draft = check_draft(
        ActivityDraft(
            "report.export_failed",
            target_type="report",
            target_id="7",
            target_label="  Q2 ",
            summary="  ",
        )
    )

    assert draft.summary == "Report export failed"
    assert draft.target_label == "Q2"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ActivityDraft("exported"), "action"),
        (ActivityDraft("Report.exported"), "action"),
        (ActivityDraft("report." + "x" * 100), "action"),
        (ActivityDraft("a.b", summary="x" * 501), "summary"),
        (ActivityDraft("a.b", summary="two\nlines"), "summary"),
        (ActivityDraft("a.b", target_id="7"), "targetType"),
        (ActivityDraft("a.b", target_label="seven"), "targetType"),
        (ActivityDraft("a.b", target_type="Report"), "targetType"),
        (ActivityDraft("a.b", target_type="x" * 41), "targetType"),
        (ActivityDraft("a.b", target_type="x", target_id=" "), "targetId"),
        (ActivityDraft("a.b", target_type="x", target_label="\x00"), "targetLabel"),
        (ActivityDraft("a.b", event_id=""), "eventId"),
        (ActivityDraft("a.b", event_id="x" * 101), "eventId"),
    ],
)
def test_a_bad_draft_names_its_field(draft: ActivityDraft, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_draft(draft)

    assert refused.value.problems[0].field == field


@pytest.mark.parametrize(
    ("where", "field"),
    [
        (ActivityFilter(actor_ids=("u_1",) * 11), "filter.actorIds"),
        (ActivityFilter(actor_ids=("",)), "filter.actorIds"),
        (ActivityFilter(actor_ids=("u_\x00",)), "filter.actorIds"),
        (ActivityFilter(actions=("a.b",) * 11), "filter.actions"),
        (ActivityFilter(actions=("*",)), "filter.actions"),
        (ActivityFilter(actions=("user*",)), "filter.actions"),
        (ActivityFilter(actions=("a.b.c.d.*",)), "filter.actions"),
        (ActivityFilter(target_type="$where"), "filter.targetType"),
        (ActivityFilter(target_id=""), "filter.targetId"),
        (ActivityFilter(from_ms=2, to_ms=1), "filter.to"),
        (ActivityFilter(search="x" * 65), "filter.search"),
    ],
)
def test_a_bad_filter_names_its_field(where: ActivityFilter, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_filter(where)

    assert refused.value.problems[0].field == field


def test_a_filter_is_folded_and_its_values_made_distinct() -> None:
    where = check_filter(
        ActivityFilter(
            actions=("a.b.c.*", "a.b.c.*"),
            actor_ids=("u_1", "u_1"),
            search=" ÉTÉ ",
            from_ms=-5,
            to_ms=10**15,
        )
    )

    assert where == ActivityFilter(
        actions=("a.b.c.*",),
        actor_ids=("u_1",),
        search="été",
        from_ms=0,
        to_ms=LATEST_MS,
    )
