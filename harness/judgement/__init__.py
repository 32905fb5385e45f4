"""Facts and what they mean: observations, the judge, and its closed lists of verdicts and reasons."""
