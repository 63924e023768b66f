"""A blind table: sources, paraphrases and faults written in one go after the eleventh was mended, then run once.

Its figures as first measured are in `test_grounding_tables`.
"""

from __future__ import annotations

from tests.grounding_tables import Case

TWELFTH: tuple[Case, ...] = (
    Case(
        "harbour-dredging",
        "The port of Sidi Marwan will close to large ships for nine days from Monday while a channel is dredged, the harbour master, Karim Belkacem, announced.",
        (
            "Large vessels cannot use the port of Sidi Marwan for nine days starting on Monday.",
            "Karim Belkacem, the harbour master, said a channel would be dredged.",
            "Dredging work will shut Sidi Marwan to big ships for nine days.",
        ),
        (
            ("number", "The port of Sidi Marwan will close to large ships for nineteen days from Monday."),
            ("hedge", "The port of Sidi Marwan has closed to large ships while a channel is dredged."),
            ("detail", "The port of Sidi Marwan will close to small ships for nine days from Monday."),
            ("name", "The port of Sidi Brahim will close to large ships for nine days from Monday."),
            ("tail", "The port of Sidi Marwan will close to large ships for nine days, costing exporters millions."),
        ),
    ),
    Case(
        "library-vote",
        "Residents of Oberwald voted by 2,310 to 1,987 on Sunday to keep the village library open, although it loses 60,000 francs a year.",
        (
            "By 2,310 votes to 1,987, the people of Oberwald decided on Sunday that the library should stay open.",
            "The library makes an annual loss of 60,000 francs.",
            "Oberwald's voters chose to keep their library.",
        ),
        (
            ("reversal", "Residents of Oberwald voted on Sunday to close the village library."),
            ("number", "Residents of Oberwald voted by 2,130 to 1,987 to keep the village library open."),
            ("unit", "The village library loses 60,000 euros a year."),
            ("date", "Residents of Oberwald voted on Saturday to keep the village library open."),
            ("detail", "Residents of Oberwald voted on Sunday to keep the village school open."),
            ("invented", "The mayor promised to find a sponsor."),
        ),
        before="The building needs a new roof.",
    ),
    Case(
        "virus-lab",
        "Scientists in Lisbon have identified the virus that killed more than 400 seals off Cape Verde since June as a strain of avian influenza, Inês Carvalhal, who led the work, told the newspaper.",
        (
            "The virus behind the deaths of over 400 seals off Cape Verde is a form of bird flu, researchers in Lisbon found.",
            "Inês Carvalhal led the team that identified the virus.",
            "More than 400 seals have died off Cape Verde since June.",
        ),
        (
            ("bound", "The virus killed fewer than 400 seals off Cape Verde since June."),
            ("detail", "The virus killed more than 400 dolphins off Cape Verde since June."),
            ("negation", "Scientists in Lisbon have not identified the virus that killed the seals."),
            ("name", "Scientists in Madrid have identified the virus that killed the seals off Cape Verde."),
            ("date", "The virus killed more than 400 seals off Cape Verde since July."),
            ("invented", "Tourists were told to stay away from the beaches."),
        ),
    ),
    Case(
        "insurer-fine",
        "The watchdog fined the insurer Helvor 12 million kroner for misleading elderly customers; Helvor's chief executive, Astrid Lund, said the company would appeal.",
        (
            "Helvor was fined 12 million kroner for deceiving older customers.",
            "Astrid Lund, who runs Helvor, said that it would challenge the fine.",
            "The insurer Helvor plans to appeal.",
        ),
        (
            ("number", "The watchdog fined the insurer Helvor 21 million kroner."),
            ("swap", "Helvor fined the watchdog 12 million kroner for misleading elderly customers."),
            ("negation", "Astrid Lund said the company would not appeal."),
            ("hedge", "Helvor has appealed against the fine."),
            ("title", "Helvor's chairman, Astrid Lund, said the company would appeal."),
            ("detail", "The watchdog fined Helvor 12 million kroner for overcharging young customers."),
        ),
    ),
    Case(
        "derby",
        "A header by Youssef Amrani three minutes from the end gave Olympique a 2-1 win over Racing, who had played with ten men since the 50th minute.",
        (
            "Olympique beat Racing 2-1 thanks to a late header from Youssef Amrani.",
            "Racing had been a man down since the 50th minute.",
            "Youssef Amrani headed the winner three minutes before the final whistle.",
        ),
        (
            ("swap", "A header by Youssef Amrani gave Racing a 2-1 win over Olympique."),
            ("number", "A header by Youssef Amrani gave Olympique a 3-1 win over Racing."),
            ("detail", "A penalty by Youssef Amrani three minutes from the end gave Olympique a 2-1 win."),
            ("number", "Racing had played with nine men since the 50th minute."),
            ("name", "A header by Youssef Hakimi gave Olympique a 2-1 win over Racing."),
        ),
    ),
    Case(
        "dam-talks",
        "Upper Rhena has refused to delay the filling of the Tarsis dam until the talks end, which Lower Rhena says could leave two million farmers without water.",
        (
            "Upper Rhena will not postpone filling the Tarsis dam until the end of the talks.",
            "Lower Rhena warns that two million farmers may lose their water.",
        ),
        (
            ("negation", "Upper Rhena has agreed to delay the filling of the Tarsis dam until the talks end."),
            ("swap", "Lower Rhena has refused to delay the filling of the Tarsis dam until the talks end."),
            ("hedge", "The filling of the Tarsis dam has left two million farmers without water."),
            ("number", "It could leave three million farmers without water, Lower Rhena says."),
            ("temporal", "Upper Rhena has refused to delay the filling of the Tarsis dam before the talks end."),
        ),
        after="The talks resume in Vienna on Thursday.",
    ),
)
