"""What the specifications say and the engine does otherwise, said so that it does the same: see docs/sparql.md."""
