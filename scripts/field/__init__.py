"""Makes the field sets: real speech in many languages from Debian packages, with the truth beside the sound."""
