"""What a unit does: labels of tokens, which units follow them, where, and to what effect.

Nothing is imported here, so that the labels can be had without waiting for torch.
"""
