"""What a question means, beside the words in it: the optional extra `meaning`.

Without the package, with `SAMENSPEL_MEANING=0`, or before the vectors are made, `nearest` finds nothing and every
answer is what it is without this. On disk, disposable, in `settings.DATA / "index" / "meaning"`:

    <fingerprint>/todo.json       how far the vectors are: a position in the table `Change`, municipalities to do
    <fingerprint>/GM9901.npy      the vectors of one municipality, replaced by one rename

Only public texts of offerings are in it; a question's vector is never kept.
"""

from samenspel.socialmap.meaning.near import Likeness, nearest, warm_meaning
from samenspel.socialmap.meaning.update import bring_meaning_up_to_date

__all__ = ["Likeness", "bring_meaning_up_to_date", "nearest", "warm_meaning"]
