"""What all tests share."""

import os

from hypothesis import settings

# Tests run side by side. The threads of a product would wait for each other there: the same tests
# took up to ten times longer. Read by torch and NumPy when they are imported.
for library in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

# How long an example takes says how busy the machine is, not whether the code is right.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
