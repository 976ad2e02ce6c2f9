"""In which precision a model learns: mixed where the processor has it, else float32."""

from collections.abc import Mapping

import torch

from explorer.models.card import Precision

DTYPES: Mapping[Precision, torch.dtype] = {"float32": torch.float32, "bfloat16": torch.bfloat16}


def available(device: str, *, mixed: bool) -> Precision:
    """What matrices are multiplied in on ``device``; weights and sums are float32 in any case.

    oneDNN says what the processor has. Without AVX-512 its LSTM refuses bfloat16, and all other
    products in it take ten times as long as in float32.

    Args:
        device: ``cpu`` or ``cuda``.
        mixed: Whether mixed precision is wanted (Micikevicius et al. 2018).
    """
    if device.startswith("cuda"):
        supported = torch.cuda.is_bf16_supported()
    else:
        supported = bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())
    return "bfloat16" if mixed and supported else "float32"
