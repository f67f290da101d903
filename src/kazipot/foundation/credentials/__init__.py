"""Signed credentials (Open Badges 3.0): issued, checked by anybody, revoked; rooms above say what they attest."""
