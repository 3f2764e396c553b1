"""Editors of single values, for the inspector, the table and the dialogs."""
