import pytest

from explorer.recurrence import buffers as room


@pytest.fixture(scope="module", params=["all as rows", "several as columns"])
def layouts(request):
    """Both layouts that many and few sequences have; a lone one is always a row."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "several as columns":
            patch.setattr(room, "FEW", 2)
        yield
