"""Benchmarks; README.md explains what they measure, and how."""
