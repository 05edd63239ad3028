"""Demonstration content: real programmes as facts with their source, invented ones of marked institutions."""
