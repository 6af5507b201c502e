"""Samenspel keeps the sociale basis of a Dutch municipality visible, findable, connected and improving."""
