"""The push process: carries what the table of messages says to the browsers that look into a room. It owns nothing."""
