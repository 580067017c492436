"""Made-up questions and files, in great number: each has an answer that a second reader confirms, or one sentence."""
