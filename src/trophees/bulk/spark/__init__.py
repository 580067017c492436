"""The same build on Apache Spark: partitions of the lines are worked on wherever a cluster has room."""
