"""Scripts that learn the weights that the pipeline carries, from benchmark data given by path."""
