"""Makes the parts of the documentation that follow from the project itself; ``python -m scripts.docs``."""
