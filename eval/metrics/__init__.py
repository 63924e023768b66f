"""The measures, each a pure function that says where it comes from. None means: not defined for this case."""
