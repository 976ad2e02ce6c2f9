"""All tours, in the order of the chapter. Brings in no torch."""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.web.tours.gru import GRU
from explorer.web.tours.tour import Tour

TOURS: Mapping[str, Tour] = MappingProxyType({tour.name: tour for tour in (GRU,)})
