"""Open Referral HSDS 3.0, in and out, with the HSDS-NL profile (docs/hsds-nl).

    rows ──records──> records ──feed──> nested JSON ──tables──> CSV package
    file ──package──> records ──mapping──> facts ──importer──> rows, and in SourceRecord what has no column

A record is a dictionary in the form of the specification's JSON. What came from a feed leaves as it came, field by
field, until someone changes that field here (`remainder`).
"""
