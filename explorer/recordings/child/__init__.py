"""Reads a recording that may be a stranger's, in a process of its own with little to lose.

HDF5 is read by a library in C, which a damaged file may crash, keep busy or send after memory. So
this package knows nothing of the server: the file comes in as bytes, and numbers go out. It imports
nothing of ours, and is run under the name `child` (explorer/recordings/reading.py).

Everything is bounded by what the file declares before a value is read: no link, no external or
virtual storage, no filters but HDF5's own, so many groups and so deep, so many bytes unpacked.
"""
