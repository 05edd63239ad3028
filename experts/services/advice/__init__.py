"""What people do with requests for advice, one function each."""
