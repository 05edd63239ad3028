"""Reading a Table as a ministry sends it. Nothing is written here and nothing is guessed."""
