"""The settings: what each is for, and what it must look like."""
