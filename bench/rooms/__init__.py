"""Live rooms under load and under loss: many readers, messages without pause, broker and push process killed and started again."""
