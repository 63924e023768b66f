"""The evaluation harness: suites, metrics, runs and gates. It knows newsdesk only through a callable."""
