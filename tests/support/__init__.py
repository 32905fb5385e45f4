"""What the tests share: factories, miniatures, whole projects."""
