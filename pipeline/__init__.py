"""newsdesk: news articles in, cited answers and briefings out."""

__version__ = "0.1.0"
