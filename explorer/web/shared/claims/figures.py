"""How each experiment is shown on its page: a short title, method and rule, and a figure.

The one place where an experiment's name meets its figure. Brings in no torch.
"""

from collections.abc import Mapping
from types import MappingProxyType

from explorer.web.shared.claims.deep_sections import DEEP
from explorer.web.shared.claims.gated_sections import GATED
from explorer.web.shared.claims.shown import Shown
from explorer.web.shared.claims.translation_sections import TRANSLATION

#: By the experiment's name in the catalogue.
SHOWN: Mapping[str, Shown] = MappingProxyType({**GATED, **DEEP, **TRANSLATION})
