"""The benchmark: generated records, our pages beside a bare Django view and the bare SQL, held against the goals."""
