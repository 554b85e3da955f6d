"""Links of the pages lead somewhere."""

import pytest

from tests.support.pages import NAMES, ROOT, anchors, links


def leads_somewhere(name: str, link: str) -> bool:
    path, _, anchor = link.partition("#")
    there = ((ROOT / name).parent / path).resolve() if path else ROOT / name
    if not there.is_relative_to(ROOT) or not there.exists():
        return False
    return not anchor or anchor in anchors(str(there.relative_to(ROOT)))


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_file_and_a_heading_of_the_project(name: str) -> None:
    ours = [link for link in links(name) if ":" not in link]

    assert [link for link in ours if not leads_somewhere(name, link)] == []


def test_a_link_is_found_and_a_heading_has_the_anchor_that_it_is_shown_with() -> None:
    assert not leads_somewhere("README.md", "docs/audit.md#nowhere")
    assert "docs/images/dashboard-light.webp" in links("README.md")
    assert "when-it-says-broken" in anchors("docs/audit.md")
