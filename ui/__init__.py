"""Everything that needs Qt, and the scenes it draws."""
