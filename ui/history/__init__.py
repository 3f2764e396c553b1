"""The past of the plan: what was done, by whom and why, and the way back."""
