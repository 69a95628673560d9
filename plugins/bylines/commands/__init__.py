"""What people call: each command a module with a function that takes options and gives an exit code."""
