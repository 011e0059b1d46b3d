"""A deterministic synthetic city: seed in, the same city out; for the demo and for scale."""
