"""Words by which a text says whose word a thing is, and what the speaker does by it."""

from __future__ import annotations

from pipeline.grounding.lexicon import listed
from pipeline.types import Stance

_SAYS = """
    said says say told tells tell stated states wrote writes write announced announces announce reported reports
    report added adds add explained explains explain noted notes note remarked remarks commented replied replies
    responded testified declared declares declare vowed vows vow pledged pledges promised promises warned warns warn
    urged predicted predicts predict estimated estimates estimate described describes describe recalled recalls
    complained complains tweeted concluded concludes ruled found finds find showed shows show revealed reveals
    disclosed discloses hinted repeated repeats reiterated reiterates stressed stresses emphasised emphasized cautioned
    cautions joked forecast forecasts calculated calculates expects expected expect put puts called calls call posted
    observed recounted signalled signaled asked asks quipped""".strip()
_CLAIMS = """
    claimed claims claim insisted insists insist maintained maintains maintain asserted asserts assert contended
    contends contend argued argues argue believes believed believe suggested suggests suggest thinks thought think
    boasted boasts reckons reckon reckoned speculated speculates fears feared fear"""
_ALLEGES = "alleged alleges allege accused accuses accuse blamed blames blame suspects suspected suspect"
_DENIES = """
    denied denies deny disputed disputes dispute rejected rejects reject dismissed dismisses dismiss refuted refutes
    rebutted contradicted contradicts"""
_CONFIRMS = "confirmed confirms confirm acknowledged acknowledges acknowledge admitted admits admit conceded concedes"

STANCE_OF: dict[str, Stance] = {
    **dict.fromkeys(listed(_SAYS), "says"),
    **dict.fromkeys(listed(_CLAIMS), "claims"),
    **dict.fromkeys(listed(_ALLEGES), "alleges"),
    **dict.fromkeys(listed(_DENIES), "denies"),
    **dict.fromkeys(listed(_CONFIRMS), "confirms"),
}
"""What a speaker does by a reporting verb, by its finite form."""

PARTICIPLES: dict[str, Stance] = {
    **dict.fromkeys(listed("saying adding stating announcing warning explaining noting telling writing"), "says"),
    **dict.fromkeys(listed("claiming insisting arguing maintaining asserting suggesting"), "claims"),
    **dict.fromkeys(listed("alleging accusing blaming"), "alleges"),
    "denying": "denies",
    **dict.fromkeys(listed("confirming acknowledging admitting"), "confirms"),
}
"""The same for what hangs on to a clause: ", saying that …"."""

WITH_CLAUSE = listed(
    """
    found finds find showed shows show ruled revealed reveals note notes noted observed concluded concludes calculated
    calculates state states report reports claims claim forecast forecasts posted estimates estimate thought fears
    feared fear hinted signalled signaled repeats repeated remarks maintained maintains maintain observed recounted
    """
)
"""Verbs that also do other things: they report only before "that" or a clause, or behind what is said."""

ONLY_WITH_THAT = listed(
    """
    found finds find showed shows show ruled revealed reveals noted notes note posted states maintained maintains
    maintain observed concluded concludes calculated repeats repeated remarks recounted hinted
    """
)
"""Of these, the ones that do not report before a bare clause: "maintained a headquarters"."""

WITH_QUOTE = listed("called calls call described describes describe asked asks joked urged promised promises")
"""Verbs that report only what stands between quotation marks, or "as …"."""

AGAINST_A_CLAIM = listed(
    "rejected rejects reject dismissed dismisses dismiss contradicted contradicts disputed disputes"
)
"""Verbs that deny only when a claim is what they are used on."""

CLAIM_NOUNS = listed(
    """
    claim claims accusation accusations allegation allegations suggestion suggestions report reports charge charges idea
    notion criticism version account accounts figure figures number numbers finding findings that this it blame
    assertion statement reading
    """
)

SAID_OF: dict[str, Stance] = {
    **dict.fromkeys(listed("said reported understood"), "says"),
    **dict.fromkeys(listed("believed thought claimed rumoured rumored feared"), "claims"),
    **dict.fromkeys(listed("alleged accused suspected"), "alleges"),
}
"""Passives that give somebody's word without saying whose: "is said to", "was accused of"."""

HEDGES: dict[str, Stance] = {
    "reportedly": "says",
    "allegedly": "alleges",
    "purportedly": "claims",
    "supposedly": "claims",
}

AUXILIARIES = listed("has have had is are was were be been being does do did")
MODALS = listed("will would shall should can could may might must")
DENYING = listed("not never neither nor no cannot")
SUBORDINATE = listed(
    "that because when after before although though while whereas as if whether where since until than unless once"
)
RELATIVE = listed("who which whom whose")
NO_SPEAKERS = listed("i we you who which that what one nobody none there this these those me us")
PRONOUNS = listed("he she it they")
ADVERBS = listed(
    """
    also later then again repeatedly earlier now already first publicly privately flatly separately previously once
    initially since just still even only meanwhile however today yesterday further himself herself itself
    themselves alone both all each
    """
)

MEDIA = listed(
    """
    news newspaper newspapers paper broadcaster radio tv television media press agency channel magazine website times
    post daily herald tribune gazette journal chronicle mirror observer courier mercury telegraph guardian independent
    reuters ap afp bbc cnn bloomberg itv nbc abc cbs npr fox tass interfax xinhua jazeera politico axios
    euronews haaretz review wire newswire podcast outlet outlets station network reporter newsroom
    """
)
"""A name or description with one of these is that of a publisher, who passes on."""

ADDRESSEES = listed(
    """
    parliament congress senate committee council court commission assembly board conference inquiry hearing panel
    lawmakers investors reporters journalists police staff shareholders members ministers mps people residents workers
    officials supporters viewers listeners readers tribunal house knesset duma bundestag summit nations briefing
    meeting jury judge
    """
)
"""Who is told something and does not pass it on."""

PUBLISHERS = frozenset(("the newspaper", "the paper", "the broadcaster", "the station", "the magazine", "the website"))
"""The publisher that was named last."""
