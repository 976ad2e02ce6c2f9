"""All tours, in the order of the chapter. Brings in no torch."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.web.tours.bidirectional import BIDIRECTIONAL
from explorer.web.tours.corpus import CORPUS
from explorer.web.tours.deep import DEEP
from explorer.web.tours.encoder_decoder import ENCODER_DECODER
from explorer.web.tours.gru import GRU
from explorer.web.tours.lstm import LSTM
from explorer.web.tours.search import SEARCH
from explorer.web.tours.tour import Tour
from explorer.web.tours.translation import TRANSLATION

_ALL = (GRU, LSTM, DEEP, BIDIRECTIONAL, CORPUS, ENCODER_DECODER, TRANSLATION, SEARCH)
TOURS: Mapping[str, Tour] = MappingProxyType({tour.name: tour for tour in _ALL})
