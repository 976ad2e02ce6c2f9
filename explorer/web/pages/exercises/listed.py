"""All exercises of the chapter, in its order."""

from explorer.web.pages.exercises.gated import GATED
from explorer.web.pages.exercises.sequences import SEQUENCES
from explorer.web.pages.exercises.stacked import STACKED

EXERCISES = (*GATED, *STACKED, *SEQUENCES)
