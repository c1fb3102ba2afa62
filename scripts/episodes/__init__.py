"""Makes the two episodes that soundbite is tested and shown on, with the truth beside the sound."""
