"""Filled-in files as a municipality hands them in."""

HEADER = (
    "naam;soort;samenvatting;organisatie;soort organisatie;toestemming;plek;adres;"
    "postcode;plaats;dag;vanaf;begintijd;eindtijd;thema;doelgroep;kosten;telefoon;waar"
)


def a_line(
    name: str, *, kind: str = "activiteit", cost: str = "gratis", consent: str = "12-10-2026 telefoon", club: str = ""
) -> str:
    return (
        f"{name};{kind};Samen een rondje lopen.;{club or 'Wandelclub ' + name};vereniging;{consent};;;;;"
        f"elke dinsdag;06-10-2026;10:00;11:30;bewegen en gezondheid;iedereen;{cost};0320-555 123;bij u thuis"
    )


def a_file(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines, ""]).encode()


def two_good_two_bad() -> bytes:
    """Lines 2 and 4 are good, 3 has a kind that does not exist, 5 a price that is none."""
    return a_file(
        a_line("Dinsdagommetje"), a_line("Kaartclub", kind="feest"), a_line("Eettafel"), a_line("Koor", cost="veel")
    )
