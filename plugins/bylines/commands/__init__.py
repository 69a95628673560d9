"""The commands: their declarations, the command lines that are made of them, and a module for each that does the work."""
