"""The index of the built client: what is in it, and in which coding it is sent."""

from pathlib import Path

import pytest
from starlette.datastructures import Headers

from app.http.accept import likes
from app.web_client.files import ClientFile, read_build
from tests.support.client_build import small_build

FILE = ClientFile("text/css", {"br": b"b", "gzip": b"gz", "identity": b"as is"}, '"t"')


def test_a_build_is_its_files_without_their_packed_siblings(tmp_path: Path) -> None:
    build = read_build(small_build(tmp_path))

    assert build is not None
    assert build.name == "b1"
    assert set(build.files) == {"index.html", "theme.js", "assets/index-1.js"}
    assert set(build.files["assets/index-1.js"].bodies) == {"br", "gzip", "identity"}


def test_a_link_that_leads_out_of_the_build_is_no_part_of_it(tmp_path: Path) -> None:
    dist = small_build(tmp_path)
    (dist / "secret.txt").symlink_to(tmp_path / "secret.txt")

    build = read_build(dist)

    assert build is not None
    assert "secret.txt" not in build.files


def test_a_folder_without_a_page_is_no_build(tmp_path: Path) -> None:
    assert read_build(tmp_path) is None


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", "identity"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP;q=1.0, br;q=0.5", "gzip"),
        ("br; q=0, gzip; q=0.2", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *;q=0.5", "gzip"),
        ("identity, gzip;q=0.5", "identity"),
        ("identity;q=0, *;q=0", "identity"),
        ("deflate", "identity"),
        ("br;q=much", "br"),
    ],
)
def test_the_coding_liked_best_is_sent(accepted: str, coding: str) -> None:
    headers = Headers({"Accept-Encoding": accepted})

    assert FILE.coding_for(likes(headers, "accept-encoding")) == coding


def test_each_coding_has_a_tag_of_its_own() -> None:
    assert {FILE.tag_in(coding) for coding in FILE.bodies} == {
        '"t"',
        '"t-br"',
        '"t-gzip"',
    }
