"""The difference of two timelines of gates and states, step by step."""

import numpy as np
import xarray as xr

from explorer.seq2seq.gate_timeline import DECODER, ENCODER


def difference(now: xr.Dataset, before: xr.Dataset) -> xr.Dataset:
    """Every gate and state of one timeline minus the other's, at the steps that both have.

    The encoder's first steps stand against the encoder's first, the decoder's against the
    decoder's; what the longer one has more is left out.

    Args:
        now: A timeline of some model.
        before: Another one of the same model.

    Returns:
        The differences over (layer, direction, batch, step, unit); coordinates ``part`` over
        step, and ``token`` over (batch, step): one token where both read the same, else
        "before → now".
    """
    pairs = [_both(now, before, part) for part in (ENCODER, DECODER)]
    labels = ["token", "read", "length"]
    parts = [one.drop_vars(labels) - other.drop_vars(labels) for one, other in pairs]
    steps = [part.sizes["step"] for part in parts]
    tokens = [_change(o, n) for one, other in pairs for n, o in _tokens(one, other)]
    joined = xr.concat(parts, dim="step", join="exact").assign_attrs(now.attrs)
    return joined.assign_coords(
        step=np.arange(sum(steps)),
        part=("step", np.repeat([ENCODER, DECODER], steps)),
        token=(("batch", "step"), np.array([tokens])),
    )


def _both(now: xr.Dataset, before: xr.Dataset, part: str) -> tuple[xr.Dataset, xr.Dataset]:
    """One part of either, as many steps of it as both have, numbered from 0."""
    parts = [one.isel(step=(one["part"] == part).values) for one in (now, before)]
    count = min(one.sizes["step"] for one in parts)
    one, other = (p.isel(step=slice(count)).assign_coords(step=np.arange(count)) for p in parts)
    return one, other


def _tokens(one: xr.Dataset, other: xr.Dataset) -> list[tuple[str, str]]:
    return list(zip(*(d["token"].values[0].tolist() for d in (one, other)), strict=True))


def _change(before: str, now: str) -> str:
    return now if before == now else f"{before} → {now}"
