"""The frame of every page for people at work: who may open it, forms, menu; shared by the doors for staff."""
