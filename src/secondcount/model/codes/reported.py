"""Codes R###: officially reported figures. R1 within one publication, R2 from one to the next, R3 against copies.

Figures "as printed" are texts with their own decimals and no-break spaces ("3 431 510", "53.3 %"); everything else is
a number, shares as Fractions of 1. Values of the sentences, beside the place:

    R101, R103 base, total; R102 also base_law; R104 share (as printed), votes, base, total, computed
    R105 contestant, share, votes, least, contestant_other, share_other, votes_other, most
    R106, R109 least, most, count; R107, R108 total, count, allowed (Fractions)
    R110 total, decimals, percentages (text), free, grid, one_in, chance
    R121 to R127 first, source_first, second, source_second (figures as printed)
    R131 voters, turnout, register, least, most, publication_register
    R132 votes, voters, excess; R133 votes, voters, rest, part
    R134 identity, arithmetic; R135 contestant_other, lead, votes, votes_other, computed
    R141, R142 added, published, count, inside, difference
    R201 share, least, final, cap, total, part, publication_final
    R202, R203 share, total, then, final, lost, publication_final, voters, publication_turnout
    R204 before, after, lost, publication_before
    R211, R212 voters, turnout, least, most, publication_other, voters_other, turnout_other, least_other, most_other,
    gap
    R221 to R223 before, after (figures as printed), publication_before
    R301, R302 copies_sum, official, difference, seen, k
    R401 copy, published, difference; R403 count; R404 listed; R405 listed, expected; R406 listed, count
    R410 to R417 publication_earlier; R410 to R412 compared; R411, R412 count, one_cell, same
    R413 to R417 count, stations (the first ten names)
    R421 to R423 contest_other, here, there, difference
    R303 contestant, copies_lead, contestant_other, published_lead, difference, seen, k
"""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    # percentages and votes of one publication
    "R101": Severity.NOTE,  # the percentages are of this base, which is the law's
    "R102": Severity.NOTE,  # the percentages are of this base, the law's threshold is of another
    "R103": Severity.NOTE,  # the percentages fit only if they were cut off, not rounded
    "R104": Severity.CONTRADICTION,  # a percentage does not fit its votes on the base that fits the others
    "R105": Severity.CONTRADICTION,  # two percentages fit their votes on no common base
    "R106": Severity.UNUSUAL,  # the percentages fit a base that is none of the contest's bases
    "R107": Severity.CONTRADICTION,  # percentages of one base add up to more than 100
    "R108": Severity.UNUSUAL,  # percentages of all contestants add up to less than 100
    "R109": Severity.NOTE,  # the base that the percentages imply, where not every base is published
    "R110": Severity.UNUSUAL,  # all votes are the nearest number to a round percentage of the total
    # several sources of one figure
    "R121": Severity.CONTRADICTION,  # two digits swapped
    "R122": Severity.CONTRADICTION,  # the leading digit differs
    "R123": Severity.CONTRADICTION,  # one other digit differs
    "R124": Severity.CONTRADICTION,  # more differs
    "R125": Severity.NOTE,  # the same figure, rounded differently
    "R126": Severity.UNUSUAL,  # the same figure, cut off instead of rounded
    "R127": Severity.NOTE,  # votes for contestants and voters who took part under one name
    # counts of one publication
    "R131": Severity.CONTRADICTION,  # voters who took part are not turnout x register
    "R132": Severity.CONTRADICTION,  # more votes than voters who took part
    "R133": Severity.NOTE,  # fewer votes than voters who took part, invalid ballots not published
    "R134": Severity.CONTRADICTION,  # published sums break a hard identity of the form
    "R135": Severity.CONTRADICTION,  # a published lead is not the difference of the published votes
    # areas
    "R141": Severity.CONTRADICTION,  # all areas inside do not add up to the whole
    "R142": Severity.CONTRADICTION,  # some areas inside are already more than the whole
    # preliminary to final
    "R201": Severity.UNUSUAL,  # preliminary percentages fit only a partial count
    "R202": Severity.UNUSUAL,  # a contestant has fewer votes than the preliminary percentage of its total gave
    "R203": Severity.UNUSUAL,  # the same, if all votes had been counted by then
    "R204": Severity.UNUSUAL,  # a count became smaller
    # turnout in time
    "R211": Severity.CONTRADICTION,  # implied registers differ by more than can have been added on the day
    "R212": Severity.UNUSUAL,  # implied registers differ by a small part
    "R221": Severity.CONTRADICTION,  # turnout fell during voting
    "R222": Severity.UNUSUAL,  # turnout fell by a little, or a result lowered it
    "R223": Severity.CONTRADICTION,  # voters who took part became fewer during voting
    # copies
    "R301": Severity.CONTRADICTION,  # copies of part of an area show more than was published for all of it
    "R302": Severity.CONTRADICTION,  # copies of all stations do not add up to the published figure
    "R303": Severity.CONTRADICTION,  # copies of all stations give another lead than the published one
    # copies against the authority's own station table
    "R401": Severity.CONTRADICTION,  # copy and published table show different numbers
    "R402": Severity.NOTE,  # a copy from a station that the published table does not have
    "R404": Severity.NOTE,  # a station table that is not said to list every polling station
    "R405": Severity.NOTE,  # a station table that lists another number of polling stations than there are
    "R406": Severity.NOTE,  # all stations are listed, and some figures of some of them are missing
    "R403": Severity.NOTE,  # further differences are counted, not listed
    # one station table against an earlier one
    "R410": Severity.NOTE,  # no station has another number than before
    "R411": Severity.NOTE,  # stations have other numbers than in a table of an earlier stage
    "R412": Severity.UNUSUAL,  # stations have other numbers than in an earlier table of the same stage
    "R413": Severity.UNUSUAL,  # stations that the later table does not have any more
    "R414": Severity.UNUSUAL,  # stations whose votes have all become zero
    "R415": Severity.UNUSUAL,  # stations with numbers before and none now
    "R416": Severity.UNUSUAL,  # stations in which two contestants' numbers have changed places
    "R417": Severity.UNUSUAL,  # stations with as many ballots, but votes moved between contestants
    # two contests at one station, in the published tables
    "R421": Severity.CONTRADICTION,  # contests with the same voters show different registers
    "R422": Severity.CONTRADICTION,  # a contest that only some voters have shows a longer register
    "R423": Severity.UNUSUAL,  # the ballots issued do not go together
}
