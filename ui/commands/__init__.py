"""What the commands of the actions table do: one function per command; all take the `App`."""
