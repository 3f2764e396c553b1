"""The language of computed fields: small, safe, over the fields of an item."""
