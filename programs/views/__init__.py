"""Pages of the Table: what everybody sees, and what ministries propose."""
