"""What is covered at each level and what is not; what is not recorded and what is not known."""
