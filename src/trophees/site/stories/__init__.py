"""Stories: Markdown files of this folder, `<name>.<language>.md`, whose numbers and charts are answers of queries.

A file begins with `title`, `description` and `order` between two lines of `---`. In its text, `{{ … }}` stands for a
value that is asked of the graph (`figures`), and a block fenced as `chart` for a chart (`charts`).
"""
