"""Forums in numbers: topics, posts and what one reader has read of them."""
