"""Makes the two episodes for tests and demonstrations, with the truth beside the sound."""
