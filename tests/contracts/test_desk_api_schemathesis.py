"""Schemathesis reads the description of the API and asks it everything; `make fuzz` asks longer."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import negative_data_rejection, positive_data_acceptance

from tests.desk_support import MERCI, PLAGES, House
from workflow import people
from workflow.states import Role
from workflow.store import segment_id
from workflow.web import WebSettings, create_app

GENTLE = settings(
    max_examples=int(os.environ.get("L10N_FUZZ_EXAMPLES", "20")),
    suppress_health_check=list(HealthCheck),
)
# The desk passes over parameters that it does not know, and may not like what a description allows.
OURS = [negative_data_rejection, positive_data_acceptance]
Told = dict[str, str]
KNOWN = {
    "release_id": ["tanger"],
    "locale": ["es", "ar", "fr"],
    "segment": [segment_id(("", MERCI)), segment_id(("", PLAGES))],
    "check": ["numbers", "codes"],
}


@pytest.fixture
def api(house: House) -> Any:  # noqa: ANN401 - a schema
    """The desk's description; three addresses of four name something that is there."""
    reached = create_app(house.ledger, WebSettings(hosts=("testserver", "localhost")))
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", reached)

    @schema.hook
    def flatmap_path_parameters(_context: object, found: Told | None) -> st.SearchStrategy[Told | None]:
        if not found:
            return st.just(found)
        likely = {name: st.sampled_from([*KNOWN[name] * 3, told]) for name, told in found.items()}
        return st.fixed_dictionaries(likely)

    return schema


@pytest.fixture
def token(house: House) -> str:
    ada = people.create(house.ledger.store, login="ada", name="Ada", roles={"*": Role.ADMIN})
    return people.api_token(
        house.ledger.store, ada, now=house.clock(), about="fuzz", scopes=("read", "decide")
    )


@pytest.mark.slow
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_the_api_keeps_what_its_description_says(api: Any, token: str, mode: GenerationMode) -> None:  # noqa: ANN401
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) >= 3
    for operation in operations:

        @GENTLE
        @given(case=operation.as_strategy(generation_mode=mode))
        def answered(case: Case) -> None:
            headers = {"Authorization": f"Bearer {token}"}
            case.call_and_validate(headers=headers, excluded_checks=OURS)

        answered()
