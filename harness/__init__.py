"""What both engines share: cases, environments, observations, verdicts, records and reports."""
