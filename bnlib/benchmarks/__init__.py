"""How fast, how small and how exact bnlib is, beside others: `make bench`. See README.md here."""
