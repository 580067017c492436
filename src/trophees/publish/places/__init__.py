"""The reference of places, published: a dataset of its own, beside the graph of the laureates."""
