"""Demonstration content of the Table: real records as facts with their source, invented ones of marked institutions."""
