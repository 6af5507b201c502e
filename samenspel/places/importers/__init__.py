"""Loading real files: areas, figures and postcodes. Each function reports per line and never half-writes one.

Files are read and checked outside any transaction and written in chunks of some tens of milliseconds, so that an
import of the whole country never makes another writer wait. Reading the same file again changes nothing.
"""
