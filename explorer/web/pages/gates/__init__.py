"""What the GRU and LSTM pages share: their controls and their views."""
