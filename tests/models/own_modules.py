"""Small language models of torch's modules alone, as readers have them."""

import torch
from torch import nn

TOKENS = ("<unk>", "<s>", "</s>", *"abcde .\n'")
WORDS = ("<unk>", "</s>", "the", "time", "tra", "velled", "far")


def modules(kind=nn.GRU, *, size=12, embedded=5, hidden=6, seed=0, **options):
    """An embedding (None: one-hot), recurrent layers and a head, drawn from a seed."""
    torch.manual_seed(seed)
    found = {"rnn": kind(embedded or size, hidden, **options), "head": nn.Linear(hidden, size)}
    if embedded:
        found["embedding"] = nn.Embedding(size, embedded)
    for module in found.values():
        for weights in module.parameters():
            nn.init.uniform_(weights, -1, 1)
    return found


@torch.no_grad()
def log_probs(modules, ids):
    """What the modules themselves say after every token, (T, V), without dropout."""
    for module in modules.values():
        module.eval()
    size = modules["head"].out_features
    embed = modules.get("embedding") or (lambda ids: nn.functional.one_hot(ids, size).float())
    hidden, _state = modules["rnn"](embed(torch.tensor(ids)))
    return modules["head"](hidden).log_softmax(-1)
