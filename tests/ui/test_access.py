"""What a viewer may touch is one diary, named by the scope that every call to the store asks for."""

import pytest

from data.runners import Runner
from data.scope import EVERYTHING
from ui import access


@pytest.mark.parametrize("simulated", [True, False])
def test_the_scope_is_the_diary_that_is_shown(simulated):
    shown = Runner(7, "Ada", "km", 0, None, simulated, 3)
    assert access.scope(shown).runner_id == 7
    assert access.scope(shown).writes == EVERYTHING
