"""Judgement as pure functions on frozen dataclasses; no Django, no clock, no database (docs/architecture.md)."""
