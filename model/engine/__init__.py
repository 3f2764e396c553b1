"""The scheduling engine: the flat network of a plan and the passes over it. `model.schedule` is its door."""
