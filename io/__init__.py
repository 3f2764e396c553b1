"""Reads and writes files. No Qt. Never import this package as a top-level `io`."""
