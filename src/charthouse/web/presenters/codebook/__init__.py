"""What the pages of the code book show: results, one code, building a code, the indexes, what a release changed."""
