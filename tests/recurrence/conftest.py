import pytest
import torch

from explorer.recurrence import room


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    # Two threads beside a busy neighbour wait for each other: the same tests took ten times longer.
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module", params=["all as rows", "several as columns"])
def layouts(request):
    """Both layouts that many and few sequences have; a lone one is always a row."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "several as columns":
            patch.setattr(room, "FEW", 2)
        yield
