"""What happens inside a recurrent layer: its equations, its traces and what they sum up to.

Nothing is imported here, so that ``explorer.recurrence.quantities`` and
``explorer.recurrence.export`` can be had without waiting for torch.
"""
