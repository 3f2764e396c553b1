"""What stands around the pages: bars, rail, menus, command palette and the keys of the commands."""
