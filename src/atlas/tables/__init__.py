"""The contract between the stages: every table with its columns, its grain and its closed lists."""
