"""Roadwright: plan a product roadmap, present it, and send it as a workbook that comes back."""

__version__ = "0.1.0"
