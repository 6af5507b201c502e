"""How the sociale basis stands, for council and residents: no account, no cookie, nothing to fill in (/raad)."""
