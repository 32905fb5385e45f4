"""The site: one page to look through, a page for each case at a stable address, and the same as JSON."""
