"""The dialog for the fields that the plan brings itself."""
