"""The lists that readers narrow down: what each holds, on which axes, as the page and its script have it alike."""
