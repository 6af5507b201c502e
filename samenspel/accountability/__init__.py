"""The folder of FG and CISO: the register of processing, a DPIA, the points of a processing agreement, BIO2."""
