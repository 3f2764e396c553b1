"""Scenes of shapes, the colours for them, and the one painter that draws them everywhere."""
