"""Names of files in the state folder that are made of ids."""

from __future__ import annotations


def file_name_of(id: str) -> str:
    """A name for the id: an id from a file of others may hold anything, and must not lead elsewhere."""
    if 0 < len(id) <= 64 and all(letter == "-" or (letter.isascii() and letter.isalnum()) for letter in id):
        return id
    from hashlib import sha256  # which loads OpenSSL: not before the first paint

    return sha256(id.encode()).hexdigest()
