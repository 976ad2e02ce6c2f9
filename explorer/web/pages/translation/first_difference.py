"""What the model thought at the first token where its translation leaves the reference."""

import math

from explorer.seq2seq.findings import Departure
from explorer.seq2seq.forced_decoding import Alternative
from explorer.text.numbers import percent
from explorer.text.tokens import visible
from explorer.web.components.guesses import Column, Guessed, guess_columns
from explorer.web.kit.frame import Frame
from explorer.web.kit.i18n import _


def show_difference(frame: Frame, there: Departure) -> None:
    """Its likeliest tokens, and the reference's behind them where it is none of them."""
    step = there.wanted
    wanted = Alternative(step.token, step.log_prob)
    likely = list(step.alternatives)
    if all(one.token != wanted.token for one in likely):
        likely.append(wanted)
    title = _("What the model thought at token {place}").format(place=there.place)
    note = _("Framed: the reference's token, rank {rank}.").format(rank=f"{step.rank:,}")
    rows = [_guessed(one, mark=one.token == wanted.token) for one in likely]
    guess_columns([Column(title, "", rows, note)], key=frame.address.key("difference"))


def _guessed(one: Alternative, *, mark: bool) -> Guessed:
    p = math.exp(one.log_prob)
    return Guessed(visible(one.token), p, percent(p), mark=mark)
