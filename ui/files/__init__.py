"""Everything the window does with files: open, import, save, export, journal, recover, restore."""
