import pytest
import torch


@pytest.fixture(autouse=True, scope="session")
def one_thread():
    # Two threads beside a busy neighbour wait for each other: the same tests took ten times longer.
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
