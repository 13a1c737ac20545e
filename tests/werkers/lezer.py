"""A process of a crew that reads its line until that ends: `python -m tests.werkers.lezer LINE`."""

import sys
from multiprocessing.connection import Connection

if __name__ == "__main__":
    lijn = Connection(int(sys.argv[1]))
    lijn.recv_bytes()
    lijn.poll(None)
