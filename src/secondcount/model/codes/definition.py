"""Codes D###: an election definition (TOML)."""

from __future__ import annotations

from secondcount.model.issue import Severity

__all__ = ["CODES"]

CODES: dict[str, Severity] = {
    # D0: the file as a whole
    "D001": Severity.ERROR,  # larger than a definition may be
    "D002": Severity.ERROR,  # not UTF-8
    "D003": Severity.ERROR,  # not TOML
    "D004": Severity.ERROR,  # no contest in it
    "D005": Severity.ERROR,  # no shipped definition of this name
    "D006": Severity.ERROR,  # a line with hundreds of full stops
    "D007": Severity.ERROR,  # more faults than are listed
    # D1: keys and values
    "D101": Severity.ERROR,  # unknown key, a known one is near
    "D102": Severity.ERROR,  # unknown key, none is near
    "D103": Severity.ERROR,  # required key missing
    "D104": Severity.ERROR,  # wrong TOML type
    "D105": Severity.ERROR,  # a float: not exact
    "D106": Severity.ERROR,  # empty text or list
    "D107": Severity.ERROR,  # not one of the allowed words
    "D108": Severity.ERROR,  # not an id
    "D109": Severity.ERROR,  # number out of bounds
    "D110": Severity.ERROR,  # control or direction character in a text
    "D111": Severity.NOTE,  # names without a Russian or Kazakh form
    "D112": Severity.ERROR,  # format version of another release
    "D113": Severity.ERROR,  # one name for two contestants
    "D114": Severity.ERROR,  # share not written as "7/100" or "7%"
    "D115": Severity.ERROR,  # share not between nothing and the whole
    "D116": Severity.ERROR,  # id given twice
    "D117": Severity.ERROR,  # id reserved for a head column or a word of expressions
    "D118": Severity.ERROR,  # id of a cell consists of digits only
    # D2: areas, time zones, deadlines
    "D201": Severity.ERROR,  # unknown time zone
    "D202": Severity.ERROR,  # date-time without offset
    "D203": Severity.ERROR,  # unknown level
    "D204": Severity.ERROR,  # unknown parent area
    "D205": Severity.ERROR,  # several areas without parent
    "D206": Severity.ERROR,  # no area without parent
    "D207": Severity.ERROR,  # areas contain each other in a ring
    "D208": Severity.ERROR,  # parts have more stations than the whole
    "D209": Severity.ERROR,  # an area is not on a lower level than its parent
    "D210": Severity.ERROR,  # a deadline ends before it begins
    "D211": Severity.ERROR,  # a deadline has not exactly one of days and hours
    "D212": Severity.NOTE,  # deadline not printed: its text was not in force on that day
    # D3: the law
    "D301": Severity.ERROR,  # nobody can get a seat
    "D302": Severity.ERROR,  # base names an unknown cell
    "D303": Severity.ERROR,  # unknown base
    "D304": Severity.ERROR,  # tie order incomplete
    "D305": Severity.ERROR,  # tie order names somebody who can get no seat
    "D306": Severity.ERROR,  # tie order without ties = "order"
    "D307": Severity.ERROR,  # a threshold is ">=" or ">"
    "D308": Severity.NOTE,  # the statute is silent on leftover seats
    "D309": Severity.NOTE,  # the statute is silent on ties, or the order is not known
    "D310": Severity.ERROR,  # runner-up rule with a method that has no quota
    "D311": Severity.ERROR,  # base counts a cell twice
    "D312": Severity.ERROR,  # two lines have the same role
    "D313": Severity.ERROR,  # exempt from the threshold: somebody who can get no seat
    "D314": Severity.ERROR,  # exempt lists beside a runner-up rule or a majority
    "D315": Severity.ERROR,  # conditions of a first round with a method that has no second one
    "D316": Severity.ERROR,  # a mask of the form that is not written in thousandths
    # D4: identities
    "D401": Severity.ERROR,  # character that cannot stand there
    "D402": Severity.ERROR,  # something else was expected
    "D403": Severity.ERROR,  # unknown cell
    "D404": Severity.ERROR,  # not exactly one relation sign
    "D405": Severity.ERROR,  # number too large
    "D406": Severity.ERROR,  # both sides are the same cells
    "D407": Severity.ERROR,  # expression too long
    # D5: publications and figures
    "D501": Severity.ERROR,  # unknown publication
    "D502": Severity.ERROR,  # unknown area
    "D503": Severity.ERROR,  # unknown contest
    "D504": Severity.ERROR,  # unknown cell
    "D505": Severity.ERROR,  # not exactly one of value, values, areas
    "D506": Severity.ERROR,  # a count is an integer
    "D507": Severity.ERROR,  # a percentage is a text with exact decimals
    "D508": Severity.ERROR,  # more than 100 %
    "D509": Severity.ERROR,  # a lead of somebody over themselves
    "D510": Severity.ERROR,  # turnout and station numbers belong to no cell
    "D511": Severity.ERROR,  # one source gives the same figure twice
    "D512": Severity.ERROR,  # publications not oldest first
    "D513": Severity.ERROR,  # which of several contests is not said
    # D6: layouts of tables
    "D601": Severity.ERROR,  # one column is two cells
    "D602": Severity.ERROR,  # pattern is no regular expression with exactly one group
    "D603": Severity.ERROR,  # levels of areas are not outermost first
    "D604": Severity.ERROR,  # areas both given and made
    "D605": Severity.ERROR,  # no column says what a row is about
    "D606": Severity.ERROR,  # copies without a station
    # D7: parameters
    "D701": Severity.ERROR,  # no such parameter
    "D702": Severity.ERROR,  # a parameter without a value
    "D703": Severity.ERROR,  # a value that is not allowed
    "D704": Severity.ERROR,  # parameters that are not written as tables
}
