"""Recurrent modules beside torch's, written with the public protocol of a cell.

Each takes and returns what ``nn.GRU`` or ``nn.LSTM`` does, and can be traced, recorded, changed and
unrolled as they can.
"""

from explorer.cells.minimal_gated_unit import MinimalGatedUnit
from explorer.cells.parallel import MinGRU, MinLSTM
from explorer.cells.peephole_lstm import PeepholeLSTM
from explorer.cells.slstm import SLSTM
from explorer.models.book_gru import BookGRU

__all__ = ["SLSTM", "BookGRU", "MinGRU", "MinLSTM", "MinimalGatedUnit", "PeepholeLSTM"]
