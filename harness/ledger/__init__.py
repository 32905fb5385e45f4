"""The ledger: every fix that upstream documents, each with its case or the reason why it has none."""
