"""Pictures of figures as SVG, each beside the table that says the same (decision 0036).

`chart` holds what a picture is and how it is drawn; `figures`, `areas` and `ties` make the kinds of pictures. Every one
is 480 wide with letters of 16: natural size on a desktop, three quarters of it on a phone of 390, 12 points on paper.
"""
