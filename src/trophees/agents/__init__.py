"""The graph for programs that ask on somebody's behalf: a server of the Model Context Protocol."""
