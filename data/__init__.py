"""Persistence: what comes in is validated once, stored in SI units, and comes out as documented frames."""
