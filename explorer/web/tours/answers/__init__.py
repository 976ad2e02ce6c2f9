"""What the questions of the tours ask for, computed from the models that the pages show."""
