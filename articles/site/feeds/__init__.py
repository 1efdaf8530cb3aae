"""Feeds for readers' programs: of a paper, a section, a person, an issue; each as Atom and as JSON Feed.

`content` says what a feed holds, `atom` and `jsonfeed` write it down, `entries` makes it of public copies, `views`
answers. Full texts: whoever subscribes wants to read, and every entry says whose it is and leads to its page.
"""
