"""Her legal status: what is known, what follows from it, documents and applications."""
