"""Themes, words, samples and icons, as data."""
