"""Every write, a file per noun. Operations own their transaction and know neither requests nor sockets."""
