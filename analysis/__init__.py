"""Pandas in, frozen result or frame out; no clock, no storage, no pages."""
