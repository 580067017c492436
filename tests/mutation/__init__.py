"""How much the tests see: mutants of the shapes and of the code, and whether a test notices each."""
