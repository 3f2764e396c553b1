"""What has become of a plan: its kept changes, its past states, and what is new since one of them."""
