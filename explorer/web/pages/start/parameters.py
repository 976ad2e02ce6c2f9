"""All that the address of the start page may say."""

from explorer.web.kit.parameters import Parameters
from explorer.web.shared.parameters import STEP

PARAMETERS: Parameters = (STEP,)
