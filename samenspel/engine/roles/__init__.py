"""Which role fits a municipality, read out of facts (denkkader sociale basis §4-§5); advice, never a decision.

`facts` names what is asked, `rules` weighs it, `table` knows the outcome of every combination, `advice` puts the answer
together, `cases` and `frameworks` read the TOML that policy officers write.
"""
