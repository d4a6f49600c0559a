"""Reads the bodies of recorded requests: JSON and multipart forms."""

import hashlib
import json
import re


def parts(body):
    """The parts of a multipart body, each with its headers and its content."""
    boundary = body.split("\r\n", 1)[0]
    for part in body.split(boundary)[1:-1]:
        head, _, content = part.partition("\r\n\r\n")
        yield head, content.removesuffix("\r\n")


def words_and_files(entry):
    """The words of a recorded reply or note, and the SHA-256 digests of its files."""
    body = entry["body"]
    if not body.startswith("--"):
        return json.loads(body).get("body"), []
    words, files = None, []
    for head, content in parts(body):
        if re.search(r'name="attachments\[\]"', head):
            files.append(hashlib.sha256(content.encode()).hexdigest())
        elif re.search(r'name="body"', head):
            words = content
    return words, files
