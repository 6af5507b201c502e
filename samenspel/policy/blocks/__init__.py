"""Whether every wijk has its five building blocks: read, judged by the council's norms, kept, and shown with evidence.

`reading` and `local` gather what is known, `judging` makes states of it, `keeping` stores them with their history,
`evidence` opens one cell, and `exploring` asks what if.
"""

from samenspel.policy.blocks.keeping import Matrix, history, judge, matrix, matrix_on, refresh, refresh_all

__all__ = ["Matrix", "history", "judge", "matrix", "matrix_on", "refresh", "refresh_all"]
