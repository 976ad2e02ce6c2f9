import pytest
import torch

from explorer.recurrence import buffers


@pytest.fixture(scope="module", params=["all as rows", "several as columns"])
def layouts(request):
    """Both layouts that many and few sequences have; a lone one is always a row."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "several as columns":
            patch.setattr(buffers, "FEW", 2)
        yield


@pytest.fixture
def seeded():
    torch.manual_seed(0)
