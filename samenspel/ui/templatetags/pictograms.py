"""`{% pictogram "eat" %}` draws one of our own pictograms."""

from django import template

from samenspel.ui import pictograms

register = template.Library()
register.simple_tag(pictograms.pictogram, name="pictogram")
