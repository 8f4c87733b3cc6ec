"""What pages and operations read. Nothing here can commit."""
