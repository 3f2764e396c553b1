"""What is wrong with the plan, kept up to date, and the panel that lists it with the ways out."""
