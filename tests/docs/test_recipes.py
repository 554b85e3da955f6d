"""The code the pages give to client developers is the code that tests run."""

import pytest

from tests.support.pages import ROOT

PAGE = (ROOT / "docs" / "graphql.md").read_text()


@pytest.mark.parametrize("name", ["live", "apollo_client", "urql_client"])
def test_a_recipe_is_what_was_tested(name: str) -> None:
    code = (ROOT / "tests" / "clients" / f"{name}.mjs").read_text()

    assert f"```js\n{code}```\n" in PAGE
