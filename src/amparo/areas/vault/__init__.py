"""Keys, sealed text and identities. Only `people` opens an identity."""
