"""One translation, looked at from inside. Values in and out; knows nothing of figures and pages."""
