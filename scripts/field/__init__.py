"""Makes the field sets: recordings of real people in many languages, from Debian packages, with the truth beside the sound."""
