"""How newsdesk's values look: in a terminal, as Markdown, as an HTML page, as JSON.

    safe        the one place that makes untrusted text harmless
    footnotes   citation numbers, flags, and the phrases every form shares
    terminal    rich renderables of answers, briefings and search results
    listings    rich renderables of articles, ingest reports and the library's state
    markdown, html, jsonform

Values from `pipeline.types` go in, strings, renderables or plain dicts come out; nothing here prints, reads a clock or
touches a file but its own templates. Every title, quote, name and address is untrusted and goes through `safe`.
"""
