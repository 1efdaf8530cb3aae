"""Backup and restore: one file with every row and every photo, whichever database and storage hold them.

    about.json            what made it: program version, database, migrations
    rows/<table>.jsonl.gz every row of a table, a JSON list a line, by key
    public/…  private/…   the files of both photo storages
    manifest.json         how many rows and bytes, and the SHA-256 of each of the above

A plain tar, so that it can be looked into without this program. What can be made again from the rest (the search
index) is left out and made again.
"""
