"""The chained log of reads and writes: append-only, checked by `amparo audit verify`."""
