"""Who is who: the role that a sentence gives a name, and nothing that only stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.people import descriptions, surname


@dataclass(frozen=True)
class Row:
    """A sentence, and the pieces of it that describe people, without the names that they are of."""

    text: str
    pieces: tuple[str, ...] = ()


ROWS = (
    # beside the name, between commas
    Row("The environment minister, Howell Prentis, said so.", ("The environment minister, Howell Prentis",)),
    Row("Callum Reyes, the firm's operations director, left.", ("Callum Reyes, the firm's operations director",)),
    Row("Fadil Mehic, mayor of Orlosk since 2019, resigned.", ("Fadil Mehic, mayor of Orlosk since 2019",)),
    Row("“No,” said Ken Folk, ACLP of Verden legal director, in a note.", ("Ken Folk, ACLP of Verden legal director",)),
    Row(
        "Alesha Dunn, a University of Kandor dean and professor who studies tides, called it needless.",
        ("Alesha Dunn, a University of Kandor dean and professor who studies tides",),
    ),
    Row("Ivo Trevid, co-chair of the Ferrymen’s Guild, said no.", ("Ivo Trevid, co-chair of the Ferrymen’s Guild",)),
    Row(
        "But he rejected hints by the inquiry’s lawyer, Hugo Kite, that he had warned them.",
        ("the inquiry’s lawyer, Hugo Kite",),
    ),
    Row("Noor Haddow, who runs the Lock Street bakery, said so.", ("Noor Haddow, who runs the Lock Street bakery",)),
    Row("His lawyer, Petra Wohl, said he would appeal.", ("Petra Wohl, lawyer",)),
    Row("Its operations director, Callum Reyes, resigned.", ("Callum Reyes, operations director",)),
    Row("Ambrose Larkin, who holds 5.1 per cent, left.", ("Ambrose Larkin, who holds 5.1 per cent",)),
    # up to the verb, and no further
    Row("Courtney Brew, a lawyer for Harbour Watch told reporters.", ("Courtney Brew, a lawyer for Harbour Watch",)),
    Row("He is a son of John Marrow, a former governor, and of Ida.", ("John Marrow, a former governor",)),
    # before the name
    Row("Superintendent Gail Ambry of Ashmere Police spoke.", ("Superintendent Gail Ambry of Ashmere Police",)),
    Row("Legislators, including former President Dorian Tamm, met.", ("former President Dorian Tamm",)),
    Row("Then-Attorney General Daniel Camron lost.", ("Then-Attorney General Daniel Camron",)),
    Row("Only then did President Joan Bider find out.", ("President Joan Bider",)),
    Row("It fell to Arinda, where Bider beat former President Dorian Tamm.", ("former President Dorian Tamm",)),
    Row("Lawyers for Attorney General Ashlyn Mood and the group met.", ("Attorney General Ashlyn Mood",)),
    Row("Vote clinics asked Judge Christian Jenks this week to end it.", ("Judge Christian Jenks",)),
    Row("Defence Secretary Lloyd Austen’s doctors say so.", ("Defence Secretary Lloyd Austen",)),
    Row("King Carl III’s fever was caught early.", ("King Carl III",)),
    Row(
        "Brennick Fire Department spokesman Larry Langer said so.", ("Brennick Fire Department spokesman Larry Langer",)
    ),
    Row("Six, among them senior harbour specialist Ally Brand, left.", ("senior harbour specialist Ally Brand",)),
    Row("Former U.K. Prime Minister Boris Jonson said so.", ("Former U.K. Prime Minister Boris Jonson",)),
    Row("Thomas Wells' son Sean Wells wept.", ("Thomas Wells' son Sean Wells",)),
    Row(
        "The bureau will change its Community Survey, said Census Bureau Director Robert Sandor.",
        ("Census Bureau Director Robert Sandor",),
    ),
    # a role that is somebody else's, or none
    Row(
        "Earlier Wednesday, Prime Minister Rishi Sunder paid tribute to the Relief Foundation, saying he was glad.",
        ("Prime Minister Rishi Sunder",),
    ),
    Row("Marc Heron, an aide, told Harbour Rights, said the judge.", ("Marc Heron, an aide",)),
    Row("The princess, formerly Kate Middling, is the wife of a prince, the heir."),
    Row("Sara Izard, and the governor of a neighbouring state, agreed."),
    Row("Hadley Duval, who dominated the talk about the mayor, agreed."),
    Row("Tessel Valley Water, the operator and its director, closed."),
    Row("Delores Quintrell, 61, died on June 3."),
    Row("The vote in West Senate, a chamber led by the mayor, failed."),
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.text[:40])
def test_people_are_described_by_their_own_roles(row: Row) -> None:
    assert tuple(piece for _, piece in descriptions(row.text)) == row.pieces


@pytest.mark.parametrize(("name", "last"), [("Carl III", "Carl"), ("Ada Voss Jr.", "Voss"), ("Lin Abara", "Abara")])
def test_a_surname_is_not_what_tells_generations_apart(name: str, last: str) -> None:
    assert surname(name) == last
