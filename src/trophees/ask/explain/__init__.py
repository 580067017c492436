"""Why a query is refused, or finds nothing: what stands in it, where, and what the graph has instead."""
