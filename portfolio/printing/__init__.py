"""A form on paper, in the layout of Annex II: `sheet` says what stands where, the print page and `portfolio.pdf` draw it."""
