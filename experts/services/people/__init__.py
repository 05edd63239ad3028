"""What people do with their own profile, one function each."""
